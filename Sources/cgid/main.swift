// Top-level code stays synchronous: the terminal loop must own the main thread.
ProgramExit.run(CgidCommand.self)
