import Glibc

// Top-level code stays synchronous: the terminal loop must own the main thread.
if CommandLine.arguments.first?.split(separator: "/").last == Substring(DockerCredentialHelper.programName) {
    exit(DockerCredentialHelper.run(Array(CommandLine.arguments.dropFirst())))
}
ProgramExit.run(CgidCommand.self)
