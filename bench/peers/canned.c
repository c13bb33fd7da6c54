/* A target that answers from files, so that only the client is measured.
 *
 *   canned DELAY_MS INITRESPONSE SEARCHRESPONSE PRESENTRESPONSE
 *
 * Listens on a free port of 127.0.0.1 and prints its number on a line of its own. Every InitializeRequest,
 * SearchRequest and PresentRequest is answered with the bytes of its file, every Close with a Close; a referenceId
 * (Z39.50-2003 3.4) is put into the answer. DELAY_MS: how long after its request a SearchResponse is sent; 0 is at
 * once. Each file holds one PDU whose outermost length is indefinite. As many connections as there are descriptors, one
 * request at a time on each. Ends when its standard input does. Exit status 1: it could not start, with a sentence on stderr; 2:
 * wrong arguments.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_CONNECTIONS 8192
#define MAX_REQUEST 4096
#define MAX_REFERENCE 127

/* The first octet of each APDU that is answered: context class, constructed, tags 20 to 25 and 48. */
enum { INITIALIZE = 0xb4, SEARCH = 0xb6, PRESENT = 0xb8, LONG_TAG = 0xbf, CLOSE_TAG = 48 };

struct answer {
    unsigned char *bytes;
    size_t size;
};

struct connection {
    size_t size;
    unsigned long serial;
    unsigned char request[MAX_REQUEST];
};

struct waiting {
    long long due_ms;
    int fd;
    unsigned long serial;
    size_t reference_size;
    unsigned char reference[MAX_REFERENCE + 2];
};

static struct answer init_answer, search_answer, present_answer, close_answer;
static struct connection *connections[MAX_CONNECTIONS];
static struct waiting queue[MAX_CONNECTIONS];
static unsigned long queue_head, queue_tail, serials;
static long delay_ms;

static void fail(const char *what, const char *detail)
{
    fprintf(stderr, "canned: %s: %s\n", what, detail);
    exit(1);
}

static long long now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static struct answer read_answer(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct answer answer = {0, 0};
    long size;

    if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 4 || fseek(file, 0, SEEK_SET))
        fail("cannot read a PDU", path);
    answer.size = size;
    answer.bytes = malloc(answer.size);
    if (!answer.bytes || fread(answer.bytes, 1, answer.size, file) != answer.size)
        fail("cannot read", path);
    if (answer.bytes[1] != 0x80)
        fail("the PDU is not of indefinite length", path);
    fclose(file);
    return answer;
}

/* Read one identifier and length: its size, 0 when more bytes are needed. *content is -1 for the indefinite form. */
static size_t header(const unsigned char *at, size_t size, long *content)
{
    size_t used = 1, octets;

    if (size < 2)
        return 0;
    if ((at[0] & 0x1f) == 0x1f)
        while (used < size && at[used++] & 0x80)
            ;
    if (used >= size)
        return 0;
    *content = at[used] == 0x80 ? -1 : at[used];
    octets = at[used] > 0x80 ? at[used] & 0x7f : 0;
    used++;
    if (!octets)
        return used;
    if (used + octets > size)
        return 0;
    for (*content = 0; octets; octets--)
        *content = *content << 8 | at[used++];
    return used;
}

/* How long the first value is; 0 when it is not all there yet. */
static size_t complete(const unsigned char *bytes, size_t size)
{
    size_t pos = 0, used;
    long content, depth = 0;

    do {
        if (!(used = header(bytes + pos, size - pos, &content)))
            return 0;
        if (content < 0)
            depth++;
        else if (depth && !bytes[pos] && !content)
            depth--;
        if (content > (long) (size - pos - used))
            return 0;
        pos += used + (content > 0 ? content : 0);
    } while (depth);
    return pos;
}

/* Copy the request's referenceId ([2], the first field if it is there) and return its size, header included. */
static size_t reference_of(const unsigned char *request, size_t size, unsigned char *reference)
{
    long content;
    size_t used = header(request, size, &content);

    if (request[used] != 0x82 || request[used + 1] > MAX_REFERENCE)
        return 0;
    memcpy(reference, request + used, request[used + 1] + 2);
    return request[used + 1] + 2;
}

static int send_all(int fd, const unsigned char *bytes, size_t size, int more)
{
    struct pollfd room = {fd, POLLOUT, 0};
    ssize_t sent;

    while (size) {
        sent = send(fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT | (more ? MSG_MORE : 0));
        if (sent < 0 && (errno != EAGAIN || poll(&room, 1, 1000) <= 0))
            return 0;
        if (sent > 0) {
            bytes += sent;
            size -= sent;
        }
    }
    return 1;
}

static int send_answer(int fd, const struct answer *answer, const unsigned char *reference, size_t reference_size)
{
    if (!reference_size)
        return send_all(fd, answer->bytes, answer->size, 0);
    return send_all(fd, answer->bytes, 2, 1) && send_all(fd, reference, reference_size, 1)
           && send_all(fd, answer->bytes + 2, answer->size - 2, 0);
}

static int postpone(int fd, const unsigned char *reference, size_t reference_size)
{
    struct waiting *slot = &queue[queue_tail % MAX_CONNECTIONS];

    if (queue_tail - queue_head == MAX_CONNECTIONS)
        return 0;
    slot->due_ms = now_ms() + delay_ms;
    slot->fd = fd;
    slot->serial = connections[fd]->serial;
    slot->reference_size = reference_size;
    memcpy(slot->reference, reference, reference_size);
    queue_tail++;
    return 1;
}

/* Answer one request; 0 ends the connection. */
static int respond(int fd, const unsigned char *request, size_t size)
{
    unsigned char reference[MAX_REFERENCE + 2];
    size_t reference_size = reference_of(request, size, reference);

    switch (request[0]) {
    case INITIALIZE:
        return send_answer(fd, &init_answer, reference, reference_size);
    case SEARCH:
        if (delay_ms)
            return postpone(fd, reference, reference_size);
        return send_answer(fd, &search_answer, reference, reference_size);
    case PRESENT:
        return send_answer(fd, &present_answer, reference, reference_size);
    case LONG_TAG:
        if (request[1] == CLOSE_TAG)
            send_answer(fd, &close_answer, 0, 0);
        return 0;
    }
    return 0;
}

static void drop(int fd)
{
    free(connections[fd]);
    connections[fd] = 0;
    close(fd);
}

static void take(int fd)
{
    struct connection *own = connections[fd];
    ssize_t got = recv(fd, own->request + own->size, MAX_REQUEST - own->size, MSG_DONTWAIT);
    size_t size;

    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0) {
        drop(fd);
        return;
    }
    own->size += got;
    while (own->size && (size = complete(own->request, own->size))) {
        if (!respond(fd, own->request, size)) {
            drop(fd);
            return;
        }
        own->size -= size;
        memmove(own->request, own->request + size, own->size);
    }
    if (own->size == MAX_REQUEST)
        drop(fd);
}

static void send_what_is_due(void)
{
    long long now = now_ms();
    struct waiting *first;

    for (; queue_head != queue_tail; queue_head++) {
        first = &queue[queue_head % MAX_CONNECTIONS];
        if (first->due_ms > now)
            return;
        if (connections[first->fd] && connections[first->fd]->serial == first->serial
            && !send_answer(first->fd, &search_answer, first->reference, first->reference_size))
            drop(first->fd);
    }
}

static void watch(int events, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

    if (epoll_ctl(events, EPOLL_CTL_ADD, fd, &event))
        fail("cannot watch a descriptor", strerror(errno));
}

static void admit(int events, int listener)
{
    int on = 1, fd = accept4(listener, 0, 0, SOCK_NONBLOCK);

    if (fd < 0)
        return;
    if (fd >= MAX_CONNECTIONS || !(connections[fd] = calloc(1, sizeof **connections))) {
        close(fd);
        return;
    }
    connections[fd]->serial = ++serials;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(events, fd);
}

static int listen_on_free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

    if (listener < 0 || bind(listener, (struct sockaddr *) &address, size) || listen(listener, 4096)
        || getsockname(listener, (struct sockaddr *) &address, &size))
        fail("cannot listen", strerror(errno));
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

static void serve(int listener)
{
    struct epoll_event ready[256];
    int events = epoll_create1(0), count, i, wait_ms;
    char ignored[256];

    watch(events, listener);
    watch(events, STDIN_FILENO);
    for (;;) {
        wait_ms = queue_head == queue_tail ? -1 : (int) (queue[queue_head % MAX_CONNECTIONS].due_ms - now_ms());
        count = epoll_wait(events, ready, 256, queue_head != queue_tail && wait_ms < 0 ? 0 : wait_ms);
        for (i = 0; i < count; i++) {
            if (ready[i].data.fd == listener)
                admit(events, listener);
            else if (ready[i].data.fd != STDIN_FILENO)
                take(ready[i].data.fd);
            else if (read(STDIN_FILENO, ignored, sizeof ignored) <= 0)
                return;
        }
        send_what_is_due();
    }
}

int main(int argc, char **argv)
{
    /* Close, closeReason [211] 0 (finished) */
    static unsigned char finished[] = {0xbf, 0x30, 0x05, 0x9f, 0x81, 0x53, 0x01, 0x00};

    if (argc != 5 || (delay_ms = atol(argv[1])) < 0) {
        fprintf(stderr, "usage: canned DELAY_MS INITRESPONSE SEARCHRESPONSE PRESENTRESPONSE\n");
        return 2;
    }
    init_answer = read_answer(argv[2]);
    search_answer = read_answer(argv[3]);
    present_answer = read_answer(argv[4]);
    close_answer = (struct answer) {finished, sizeof finished};
    serve(listen_on_free_port());
    return 0;
}
