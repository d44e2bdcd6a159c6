/* Loaded into a process before the C library, kills it at its n-th step that changes anything below a folder:
   SORTITION_KILL_UNDER (the folder), SORTITION_KILL_AT (n, from 1). Half of what is written counts as a step.
   With SORTITION_NO_EXCHANGE, two folders cannot be exchanged, as on some systems. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int steps;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int below(const char *path)
{
    const char *folder = getenv("SORTITION_KILL_UNDER");
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_below(int file)
{
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

static void step(void)
{
    const char *at = getenv("SORTITION_KILL_AT");
    if (at && atomic_fetch_add(&steps, 1) + 1 == atoi(at)) kill(getpid(), SIGKILL), pause();
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        va_list rest; va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; va_end(rest); \
        if (flags & (O_CREAT | O_TRUNC) && below(path)) step(); \
        return ((int (*)(const char *, int, ...))real(#name))(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define PATH(name, parameters, first, second, call) \
    int name parameters { if (below(first) || below(second)) step(); return ((int (*) parameters)real(#name)) call; }
PATH(mkdir, (const char *a, mode_t b), a, 0, (a, b))
PATH(rmdir, (const char *a), a, 0, (a))
PATH(unlink, (const char *a), a, 0, (a))
PATH(rename, (const char *a, const char *b), a, b, (a, b))
PATH(link, (const char *a, const char *b), a, b, (a, b))

int renameat2(int one, const char *a, int other, const char *b, unsigned int flags)
{
    if (below(a) || below(b)) step();
    if (getenv("SORTITION_NO_EXCHANGE")) return errno = EINVAL, -1;
    return ((int (*)(int, const char *, int, const char *, unsigned int))real("renameat2"))(one, a, other, b, flags);
}

ssize_t write(int file, const void *bytes, size_t count)
{
    ssize_t (*next)(int, const void *, size_t) = real("write");
    if (!is_below(file)) return next(file, bytes, count);
    step();
    ssize_t half = count > 1 ? next(file, bytes, count / 2) : 0;
    if (half < 0) return half;
    step();
    ssize_t rest = next(file, (const char *)bytes + half, count - half);
    return rest < 0 ? rest : half + rest;
}

#define PWRITE(name, type) \
    ssize_t name(int file, const void *bytes, size_t count, type offset) \
    { \
        ssize_t (*next)(int, const void *, size_t, type) = real(#name); \
        if (!is_below(file)) return next(file, bytes, count, offset); \
        step(); \
        ssize_t half = count > 1 ? next(file, bytes, count / 2, offset) : 0; \
        if (half < 0) return half; \
        step(); \
        ssize_t rest = next(file, (const char *)bytes + half, count - half, offset + half); \
        return rest < 0 ? rest : half + rest; \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)
