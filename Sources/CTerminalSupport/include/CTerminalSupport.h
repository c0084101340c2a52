#ifndef CGID_TERMINAL_SUPPORT_H
#define CGID_TERMINAL_SUPPORT_H

/// Handlers for SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGCONT that write the signal's number, one byte each,
/// into a pipe. Returns the reading end (non-blocking), or -1 with errno set. Install before newterm: ncurses leaves
/// alone what is handled already.
int cgid_signals_install(void);

/// Puts back what was there before, and closes the pipe. A lost terminal hangs up more than once (for itself, and for
/// its session's leader): SIGHUP is then ignored from here on, so that the program can clean up.
void cgid_signals_remove(int terminal_is_lost);

/// Stops this process as ^Z stops others, and returns when it goes on. What SIGTSTP and SIGCONT do is set back after.
void cgid_stop_self(void);

/// From now on a crash (SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE) first gives the terminal back: its modes as
/// they are now, the main screen, the cursor. Then the handler that was there before runs, so that its report is
/// readable. Returns 0, or -1 when `terminal` is not a terminal.
int cgid_crash_arm(int terminal);
void cgid_crash_disarm(void);

/// An eventfd (non-blocking, closed on exec), or -1.
int cgid_wake_open(void);
void cgid_wake_signal(int wake);
void cgid_wake_clear(int wake);

/// Columns and rows of the terminal. Returns 0, or -1 when it does not say.
int cgid_terminal_size(int terminal, int *columns, int *rows);

/// Bytes waiting to be read, or -1.
int cgid_bytes_waiting(int terminal);

/// Takes the locale from the environment, for characters only. Returns 1 when it is UTF-8, 0 when not.
int cgid_locale_is_utf8(void);

/// Columns of a character in the current locale, -1 when it is not drawn.
int cgid_character_width(unsigned int scalar);

/// Gives memory that was freed back to the system, where the C library would keep it for later.
void cgid_memory_give_back(void);

#endif
