import Foundation
import Testing

/// What is typed in the wizard outlives the program, however it ends.
@Suite struct DraftTests {
    @Test func aDraftOutlivesThatTheProgramIsKilled() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let id = program.home.path + "/pid"
            let killed = "sh -c 'echo $$ > \(id); exec \(Program.path)'"
            try await Tmux.with(killed, environment: program.environment) { first in
                try await first.see("role image-builder", "operator@acme.example")
                try await first.press("n")
                try await first.see("Who may assume it")
                try await first.press("Enter", "Enter", "C-u")
                try await first.type("210987654321")
                let draft = try await keptDraft(in: program.home.path, holding: "210987654321")
                let mode = try FileManager.default.attributesOfItem(atPath: draft)[.posixPermissions] as? Int
                #expect(mode == 0o600)
                let text = try String(contentsOfFile: id, encoding: .utf8)
                kill(try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))), SIGKILL)
            }
            try await Tmux.with(Program.path, environment: program.environment) { second in
                try await second.see("role image-builder", "operator@acme.example")
                try await second.press("n")
                try await second.see("Taken up: the draft", "Step 1 of 5", "210987654321")
            }
        }
    }

    /// - Returns: the path of the draft, once it is written.
    private func keptDraft(in home: String, holding text: String) async throws -> String {
        for _ in 0..<200 {
            let files = FileManager.default.enumerator(atPath: home)?.compactMap { $0 as? String } ?? []
            for file in files where file.hasSuffix("draft.json") {
                let path = home + "/" + file
                if try String(contentsOfFile: path, encoding: .utf8).contains(text) { return path }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw CocoaError(.fileNoSuchFile)
    }
}
