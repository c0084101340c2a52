#define _GNU_SOURCE
#include "CTerminalSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <malloc.h>
#include <locale.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
enum { watched_count = sizeof watched / sizeof watched[0] };
static struct sigaction watched_before[watched_count];
static sigset_t mask_before;
static int signal_pipe[2] = {-1, -1};

static void note_signal(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(signal_pipe[1], &byte, 1);
    (void)ignored;
    errno = saved;
}

int cgid_signals_install(void) {
    if (signal_pipe[0] >= 0) return signal_pipe[0];
    if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigset_t wanted;
    sigemptyset(&wanted);
    for (int i = 0; i < watched_count; i++) {
        sigaction(watched[i], &action, &watched_before[i]);
        sigaddset(&wanted, watched[i]);
    }
    // A parent that blocked them passes that on, and then neither a resize nor a request to end would be heard.
    pthread_sigmask(SIG_UNBLOCK, &wanted, &mask_before);
    return signal_pipe[0];
}

void cgid_signals_remove(int terminal_is_lost) {
    if (signal_pipe[0] < 0) return;
    pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
    for (int i = 0; i < watched_count; i++) {
        if (watched[i] == SIGHUP && terminal_is_lost) {
            signal(SIGHUP, SIG_IGN);
        } else {
            sigaction(watched[i], &watched_before[i], NULL);
        }
    }
    int reading = signal_pipe[0], writing = signal_pipe[1];
    signal_pipe[0] = signal_pipe[1] = -1;
    close(reading);
    close(writing);
}

void cgid_stop_self(void) {
    struct sigaction standard, stop_before, continue_before;
    memset(&standard, 0, sizeof standard);
    standard.sa_handler = SIG_DFL;
    sigemptyset(&standard.sa_mask);
    sigaction(SIGTSTP, &standard, &stop_before);
    sigaction(SIGCONT, &standard, &continue_before);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &stop_before, NULL);
    sigaction(SIGCONT, &continue_before, NULL);
}

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
enum { fatal_count = sizeof fatal / sizeof fatal[0] };
static struct sigaction fatal_before[fatal_count];
static struct termios terminal_before;
static int crash_terminal = -1;

// Paste and mouse reports off, keypad and colours as usual, cursor on, main screen.
static const char farewell[] = "\033[?2004l\033[?1000l\033[?1002l\033[?1006l\033[?1l\033>\033[0m\033[?25h\033[?1049l\r\n";

static void on_crash(int number) {
    if (crash_terminal >= 0) {
        ssize_t ignored = write(crash_terminal, farewell, sizeof farewell - 1);
        (void)ignored;
        tcsetattr(crash_terminal, TCSANOW, &terminal_before);
        crash_terminal = -1;
    }
    for (int i = 0; i < fatal_count; i++) {
        if (fatal[i] == number) sigaction(number, &fatal_before[i], NULL);
    }
    // Blocked until this returns: then the handler that was there before gets it.
    raise(number);
}

int cgid_crash_arm(int terminal) {
    if (tcgetattr(terminal, &terminal_before) != 0) return -1;
    int was_armed = crash_terminal >= 0;
    crash_terminal = terminal;
    if (was_armed) return 0;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_crash;
    action.sa_flags = SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &action, &fatal_before[i]);
    return 0;
}

void cgid_crash_disarm(void) {
    if (crash_terminal < 0) return;
    crash_terminal = -1;
    for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &fatal_before[i], NULL);
}

int cgid_wake_open(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void cgid_wake_signal(int wake) {
    uint64_t one = 1;
    ssize_t ignored = write(wake, &one, sizeof one);
    (void)ignored;
}

void cgid_wake_clear(int wake) {
    uint64_t count;
    ssize_t ignored = read(wake, &count, sizeof count);
    (void)ignored;
}

int cgid_terminal_size(int terminal, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

int cgid_bytes_waiting(int terminal) {
    int count = 0;
    return ioctl(terminal, FIONREAD, &count) == 0 ? count : -1;
}

int cgid_locale_is_utf8(void) {
    setlocale(LC_CTYPE, "");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int cgid_character_width(unsigned int scalar) { return wcwidth((wchar_t)scalar); }

void cgid_memory_give_back(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
