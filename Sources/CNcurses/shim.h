#ifndef CGID_CNCURSES_SHIM_H
#define CGID_CNCURSES_SHIM_H
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <ncurses.h>
#include <stdio.h>

// What Swift cannot import: macros that are expressions, and globals that are not safe to share between threads.

static inline WINDOW *cgid_stdscr(void) { return stdscr; }
static inline int cgid_colors(void) { return has_colors() ? COLORS : 0; }

enum cgid_attribute {
    CGID_BOLD = 1,
    CGID_DIM = 2,
    CGID_ITALIC = 4,
    CGID_UNDERLINE = 8,
    CGID_REVERSE = 16,
};

static inline attr_t cgid_attributes(unsigned int set) {
    attr_t attributes = A_NORMAL;
    if (set & CGID_BOLD) attributes |= A_BOLD;
    if (set & CGID_DIM) attributes |= A_DIM;
    if (set & CGID_ITALIC) attributes |= A_ITALIC;
    if (set & CGID_UNDERLINE) attributes |= A_UNDERLINE;
    if (set & CGID_REVERSE) attributes |= A_REVERSE;
    return attributes;
}

/// One cell: up to five characters ending in zero, attributes (`enum cgid_attribute`), a pair from `alloc_pair`.
static inline void cgid_set_cell(cchar_t *cell, const wchar_t *text, unsigned int attributes, int pair) {
    setcchar(cell, text, cgid_attributes(attributes), 0, &pair);
}

// <term.h>, which declares it, would bring hundreds of short macros along.
extern int setupterm(const char *term, int descriptor, int *outcome);

/// Whether the host's terminfo database knows the terminal. Writes nothing to it.
static inline int cgid_terminfo_knows(const char *term) {
    int outcome = 0;
    return setupterm(term, 1, &outcome) == OK && outcome == 1;
}

#endif
