/* What YAZ costs on the same work, as one JSON object a run.
 *
 *   zoom_bench warm HOST:PORT/DB PQF N RECORDS [SYNTAX]     N searches on one association, RECORDS records piggybacked on each
 *   zoom_bench many TARGETFILE PQF RECORDS [SYNTAX]         one search on every target of the file (one a line), all at once
 *   zoom_bench decode FILE N                                decode the PDU in FILE N times with z_APDU
 *   zoom_bench capture HOST:PORT/DB PQF RECORDS SYNTAX FILE write the SearchResponse, as received, to FILE
 *
 * SYNTAX is a record syntax name such as usmarc (the default), xml or opac. Times: wall_s and cpu_s (user + system of
 * this process) in seconds, for the searches alone; decode in microseconds for one PDU. Exit status 1: the work could
 * not be done, with a sentence on stderr; 2: wrong arguments.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <yaz/comstack.h>
#include <yaz/oid_db.h>
#include <yaz/pquery.h>
#include <yaz/proto.h>
#include <yaz/zoom.h>

#define MAX_TARGETS 4096

struct clocks {
    double wall_s;
    double cpu_s;
};

static struct clocks now(void)
{
    struct timespec wall;
    struct rusage used;
    struct clocks both;

    clock_gettime(CLOCK_MONOTONIC, &wall);
    getrusage(RUSAGE_SELF, &used);
    both.wall_s = wall.tv_sec + wall.tv_nsec / 1e9;
    both.cpu_s = used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    return both;
}

static void fail(const char *what, const char *detail)
{
    fprintf(stderr, "zoom_bench: %s: %s\n", what, detail);
    exit(1);
}

static long number(const char *text)
{
    char *end;
    long value = strtol(text, &end, 10);

    if (*text == '\0' || *end != '\0' || value < 0)
        fail("not a count", text);
    return value;
}

static void check(ZOOM_connection connection, const char *target)
{
    const char *message, *addinfo;

    if (ZOOM_connection_error(connection, &message, &addinfo)) {
        fprintf(stderr, "zoom_bench: %s: %s (%s)\n", target, message, addinfo);
        exit(1);
    }
}

/* Ask for the records inside the SearchResponse, and for no more of them than are wanted (Z39.50-2003 3.2.2.1.6). */
static ZOOM_options options_for(const char *records, const char *syntax)
{
    ZOOM_options options = ZOOM_options_create();

    ZOOM_options_set(options, "preferredRecordSyntax", syntax);
    ZOOM_options_set(options, "count", records);
    ZOOM_options_set(options, "presentChunk", records);
    ZOOM_options_set(options, "smallSetUpperBound", "1");
    ZOOM_options_set(options, "largeSetLowerBound", "2147483647");
    ZOOM_options_set(options, "mediumSetPresentNumber", records);
    return options;
}

/* Read each record's bytes, as a caller would; return how many bytes there were. */
static long touch(ZOOM_resultset set, long wanted, long *records)
{
    long bytes = 0, size = (long) ZOOM_resultset_size(set), i;

    for (i = 0; i < wanted && i < size; i++) {
        ZOOM_record record = ZOOM_resultset_record_immediate(set, i);
        int length = 0;

        if (record && ZOOM_record_get(record, "raw", &length)) {
            bytes += length;
            ++*records;
        }
    }
    return bytes;
}

static int warm(const char *target, const char *pqf, const char *times, const char *wanted, const char *syntax)
{
    ZOOM_options options = options_for(wanted, syntax);
    ZOOM_connection connection = ZOOM_connection_create(options);
    long searches = number(times), records = 0, bytes = 0, i;
    struct clocks before, after;

    ZOOM_connection_connect(connection, target, 0);
    check(connection, target);
    before = now();
    for (i = 0; i < searches; i++) {
        ZOOM_resultset set = ZOOM_connection_search_pqf(connection, pqf);

        check(connection, target);
        bytes += touch(set, number(wanted), &records);
        ZOOM_resultset_destroy(set);
    }
    after = now();
    printf("{\"mode\": \"warm\", \"searches\": %ld, \"records\": %ld, \"bytes\": %ld, \"wall_s\": %.6f, \"cpu_s\": %.6f}\n",
           searches, records, bytes, after.wall_s - before.wall_s, after.cpu_s - before.cpu_s);
    ZOOM_connection_destroy(connection);
    ZOOM_options_destroy(options);
    return 0;
}

static int read_targets(const char *path, char names[][256])
{
    FILE *file = fopen(path, "r");
    int count = 0;

    if (!file)
        fail("cannot read", path);
    while (count < MAX_TARGETS && fgets(names[count], sizeof names[count], file)) {
        names[count][strcspn(names[count], "\r\n")] = '\0';
        if (names[count][0])
            count++;
    }
    fclose(file);
    return count;
}

static int many(const char *path, const char *pqf, const char *wanted, const char *syntax)
{
    static char names[MAX_TARGETS][256];
    static ZOOM_connection connections[MAX_TARGETS];
    static ZOOM_resultset sets[MAX_TARGETS];
    ZOOM_options options = options_for(wanted, syntax);
    int count = read_targets(path, names), failed = 0, i;
    long records = 0, bytes = 0;
    struct clocks before = now(), after;

    ZOOM_options_set(options, "async", "1");
    for (i = 0; i < count; i++) {
        connections[i] = ZOOM_connection_create(options);
        ZOOM_connection_connect(connections[i], names[i], 0);
        sets[i] = ZOOM_connection_search_pqf(connections[i], pqf);
    }
    while (ZOOM_event(count, connections))
        ;
    for (i = 0; i < count; i++) {
        if (ZOOM_connection_errcode(connections[i]))
            failed++;
        else
            bytes += touch(sets[i], number(wanted), &records);
    }
    after = now();
    printf("{\"mode\": \"many\", \"targets\": %d, \"failed\": %d, \"records\": %ld, \"bytes\": %ld, \"wall_s\": %.6f,"
           " \"cpu_s\": %.6f}\n",
           count, failed, records, bytes, after.wall_s - before.wall_s, after.cpu_s - before.cpu_s);
    for (i = 0; i < count; i++) {
        ZOOM_resultset_destroy(sets[i]);
        ZOOM_connection_destroy(connections[i]);
    }
    ZOOM_options_destroy(options);
    return 0;
}

static char *read_file(const char *path, long *length)
{
    FILE *file = fopen(path, "rb");
    char *data;

    if (!file || fseek(file, 0, SEEK_END) || (*length = ftell(file)) < 0 || fseek(file, 0, SEEK_SET))
        fail("cannot read", path);
    data = malloc(*length + 1);
    if (!data || fread(data, 1, *length, file) != (size_t) *length)
        fail("cannot read", path);
    fclose(file);
    return data;
}

static int decode(const char *path, const char *times)
{
    long length, rounds = number(times), records = 0, i;
    char *data = read_file(path, &length);
    ODR odr = odr_createmem(ODR_DECODE);
    struct clocks before = now(), after;
    double wall_us;

    for (i = 0; i < rounds; i++) {
        Z_APDU *apdu = 0;

        odr_reset(odr);
        odr_setbuf(odr, data, length, 0);
        if (!z_APDU(odr, &apdu, 0, 0))
            fail("not a PDU", odr_errmsg(odr_geterror(odr)));
        if (apdu->which == Z_APDU_searchResponse)
            records = (long) *apdu->u.searchResponse->numberOfRecordsReturned;
    }
    after = now();
    wall_us = rounds ? (after.wall_s - before.wall_s) * 1e6 / rounds : 0;
    printf("{\"mode\": \"decode\", \"rounds\": %ld, \"pdu_bytes\": %ld, \"records\": %ld, \"wall_us_each\": %.3f,"
           " \"cpu_us_each\": %.3f}\n",
           rounds, length, records, wall_us, rounds ? (after.cpu_s - before.cpu_s) * 1e6 / rounds : 0);
    odr_destroy(odr);
    free(data);
    return 0;
}

/* Send one PDU and receive the next one as bytes; the answer stays valid until the next call. */
static int exchange(COMSTACK link, Z_APDU *apdu, char **answer)
{
    static char *buffer = 0;
    static int size = 0;
    ODR odr = odr_createmem(ODR_ENCODE);
    int length, got;
    char *sent;

    if (!z_APDU(odr, &apdu, 0, 0))
        fail("cannot encode", odr_errmsg(odr_geterror(odr)));
    sent = odr_getbuf(odr, &length, 0);
    if (cs_put(link, sent, length) < 0)
        fail("cannot send", cs_errmsg(cs_errno(link)));
    got = cs_get(link, &buffer, &size);
    if (got <= 0)
        fail("no answer", cs_errmsg(cs_errno(link)));
    odr_destroy(odr);
    *answer = buffer;
    return got;
}

static Z_APDU *search_request(ODR odr, const char *database, const char *pqf, long records, const char *syntax)
{
    Z_APDU *apdu = zget_APDU(odr, Z_APDU_searchRequest);
    Z_SearchRequest *request = apdu->u.searchRequest;
    YAZ_PQF_Parser parser = yaz_pqf_create();
    Z_Query *query = odr_malloc(odr, sizeof *query);

    query->which = Z_Query_type_1;
    query->u.type_1 = yaz_pqf_parse(parser, odr, pqf);
    if (!query->u.type_1)
        fail("not a PQF query", pqf);
    request->query = query;
    request->num_databaseNames = 1;
    request->databaseNames = odr_malloc(odr, sizeof *request->databaseNames);
    request->databaseNames[0] = odr_strdup(odr, database);
    *request->smallSetUpperBound = 1;
    *request->largeSetLowerBound = 2147483647;
    *request->mediumSetPresentNumber = records;
    request->preferredRecordSyntax = yaz_string_to_oid_odr(yaz_oid_std(), CLASS_RECSYN, syntax, odr);
    if (!request->preferredRecordSyntax)
        fail("unknown record syntax", syntax);
    yaz_pqf_destroy(parser);
    return apdu;
}

static int capture(const char *target, const char *pqf, const char *records, const char *syntax, const char *path)
{
    const char *slash = strchr(target, '/');
    ODR odr = odr_createmem(ODR_ENCODE);
    void *address;
    COMSTACK link = cs_create_host(target, 1, &address);
    char *answer;
    int length;
    FILE *file;

    if (!link || cs_connect(link, address) < 0)
        fail("cannot connect", target);
    exchange(link, zget_APDU(odr, Z_APDU_initRequest), &answer);
    length = exchange(link, search_request(odr, slash ? slash + 1 : "Default", pqf, number(records), syntax), &answer);
    file = fopen(path, "wb");
    if (!file || fwrite(answer, 1, length, file) != (size_t) length || fclose(file))
        fail("cannot write", path);
    printf("{\"mode\": \"capture\", \"pdu_bytes\": %d}\n", length);
    cs_close(link);
    odr_destroy(odr);
    return 0;
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";

    if (!strcmp(mode, "warm") && (argc == 6 || argc == 7))
        return warm(argv[2], argv[3], argv[4], argv[5], argc == 7 ? argv[6] : "usmarc");
    if (!strcmp(mode, "many") && (argc == 5 || argc == 6))
        return many(argv[2], argv[3], argv[4], argc == 6 ? argv[5] : "usmarc");
    if (!strcmp(mode, "decode") && argc == 4)
        return decode(argv[2], argv[3]);
    if (!strcmp(mode, "capture") && argc == 7)
        return capture(argv[2], argv[3], argv[4], argv[5], argv[6]);
    fprintf(stderr, "usage: zoom_bench warm|many|decode|capture ...; the head of zoom_bench.c says how\n");
    return 2;
}
