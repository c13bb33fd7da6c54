/* What YAZ costs on the same work, as one JSON object a run.
 *
 *   zoom_bench warm HOST:PORT/DB PQF N RECORDS [FORM]       N searches on one association, RECORDS records piggybacked on each
 *   zoom_bench many TARGETFILE PQF RECORDS TIMES            one search on every target of the file (one a line), all at once
 *   zoom_bench trips HOST:PORT/DB PQF RECORDS               connect and search (cold_s), then search again (warm_s)
 *   zoom_bench decode FILE N                                decode the PDU in FILE N times with z_APDU
 *   zoom_bench capture HOST:PORT/DB PQF RECORDS SYNTAX FILE write the SearchResponse, as received, to FILE
 *
 * FORM is how a record is read: "raw" (the default) for a string of bytes, "ext" for the EXTERNAL as it was received.
 * SYNTAX is a record syntax name such as usmarc or opac; usmarc is asked for elsewhere. Times: wall_s and cpu_s (user +
 * system of this process) in seconds, for the searches alone; decode in microseconds for one PDU. "warm" first does a
 * tenth of the searches, "many" asks five targets, "trips" does the whole, all unmeasured; "many" gives the mean of
 * TIMES, at least 1, the records and failures of the last, and the most memory resident (resident_mib). Exit status 1:
 * the work could not be done, with a sentence on stderr; 2: wrong arguments.
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
#define WARM_TARGETS 5

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
static ZOOM_options options_for(const char *records)
{
    ZOOM_options options = ZOOM_options_create();

    ZOOM_options_set(options, "preferredRecordSyntax", "usmarc");
    ZOOM_options_set(options, "count", records);
    ZOOM_options_set(options, "presentChunk", records);
    ZOOM_options_set(options, "smallSetUpperBound", "1");
    ZOOM_options_set(options, "largeSetLowerBound", "2147483647");
    ZOOM_options_set(options, "mediumSetPresentNumber", records);
    return options;
}

/* Read each record, as a caller would; return how many there were. */
static long touch(ZOOM_resultset set, long wanted, const char *form)
{
    long records = 0, size = (long) ZOOM_resultset_size(set), i;

    for (i = 0; i < wanted && i < size; i++) {
        ZOOM_record record = ZOOM_resultset_record_immediate(set, i);
        int length = 0;

        if (record && ZOOM_record_get(record, form, &length))
            records++;
    }
    return records;
}

static long search(ZOOM_connection connection, const char *target, const char *pqf, long wanted, const char *form)
{
    ZOOM_resultset set = ZOOM_connection_search_pqf(connection, pqf);
    long records;

    check(connection, target);
    records = touch(set, wanted, form);
    ZOOM_resultset_destroy(set);
    return records;
}

static int warm(const char *target, const char *pqf, const char *times, const char *wanted, const char *form)
{
    ZOOM_options options = options_for(wanted);
    ZOOM_connection connection = ZOOM_connection_create(options);
    long searches = number(times), each = number(wanted), records = 0, i;
    struct clocks before, after;

    ZOOM_connection_connect(connection, target, 0);
    check(connection, target);
    for (i = 0; i < searches / 10; i++)
        search(connection, target, pqf, each, form);
    before = now();
    for (i = 0; i < searches; i++)
        records += search(connection, target, pqf, each, form);
    after = now();
    printf("{\"mode\": \"warm\", \"searches\": %ld, \"records\": %ld, \"wall_s\": %.6f, \"cpu_s\": %.6f}\n",
           searches, records, after.wall_s - before.wall_s, after.cpu_s - before.cpu_s);
    ZOOM_connection_destroy(connection);
    ZOOM_options_destroy(options);
    return 0;
}

struct trips {
    double cold_s;
    double warm_s;
    long records;
};

static struct trips connect_and_search_twice(const char *target, const char *pqf, const char *wanted)
{
    ZOOM_options options = options_for(wanted);
    ZOOM_connection connection = ZOOM_connection_create(options);
    struct clocks before = now(), between;
    struct trips trips;

    ZOOM_connection_connect(connection, target, 0);
    check(connection, target);
    trips.records = search(connection, target, pqf, number(wanted), "raw");
    between = now();
    trips.records += search(connection, target, pqf, number(wanted), "raw");
    trips.cold_s = between.wall_s - before.wall_s;
    trips.warm_s = now().wall_s - between.wall_s;
    ZOOM_connection_destroy(connection);
    ZOOM_options_destroy(options);
    return trips;
}

static int trips(const char *target, const char *pqf, const char *wanted)
{
    struct trips found;

    connect_and_search_twice(target, pqf, wanted);
    found = connect_and_search_twice(target, pqf, wanted);
    printf("{\"mode\": \"trips\", \"records\": %ld, \"cold_s\": %.6f, \"warm_s\": %.6f}\n", found.records, found.cold_s,
           found.warm_s);
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

struct tally {
    struct clocks used;
    long records;
    int failed;
};

/* Ask every target once, at the same time; what is destroyed afterwards is not measured. */
static struct tally ask_all(int count, char names[][256], const char *pqf, long wanted, ZOOM_options options)
{
    static ZOOM_connection connections[MAX_TARGETS];
    static ZOOM_resultset sets[MAX_TARGETS];
    struct clocks before = now(), after;
    struct tally tally = {{0, 0}, 0, 0};
    int i;

    for (i = 0; i < count; i++) {
        connections[i] = ZOOM_connection_create(options);
        ZOOM_connection_connect(connections[i], names[i], 0);
        sets[i] = ZOOM_connection_search_pqf(connections[i], pqf);
    }
    while (ZOOM_event(count, connections))
        ;
    for (i = 0; i < count; i++) {
        if (ZOOM_connection_errcode(connections[i]))
            tally.failed++;
        else
            tally.records += touch(sets[i], wanted, "raw");
    }
    after = now();
    tally.used.wall_s = after.wall_s - before.wall_s;
    tally.used.cpu_s = after.cpu_s - before.cpu_s;
    for (i = 0; i < count; i++) {
        ZOOM_resultset_destroy(sets[i]);
        ZOOM_connection_destroy(connections[i]);
    }
    return tally;
}

static int many(const char *path, const char *pqf, const char *wanted, const char *repeats)
{
    static char names[MAX_TARGETS][256];
    ZOOM_options options = options_for(wanted);
    int count = read_targets(path, names);
    long times = number(repeats), i;
    struct clocks sum = {0, 0};
    struct tally tally = {{0, 0}, 0, 0};
    struct rusage used;

    ZOOM_options_set(options, "async", "1");
    ask_all(count < WARM_TARGETS ? count : WARM_TARGETS, names, pqf, number(wanted), options);
    for (i = 0; i < times; i++) {
        tally = ask_all(count, names, pqf, number(wanted), options);
        sum.wall_s += tally.used.wall_s / times;
        sum.cpu_s += tally.used.cpu_s / times;
    }
    getrusage(RUSAGE_SELF, &used);
    printf("{\"mode\": \"many\", \"targets\": %d, \"failed\": %d, \"records\": %ld, \"wall_s\": %.6f, \"cpu_s\": %.6f,"
           " \"resident_mib\": %.1f}\n",
           count, tally.failed, tally.records, sum.wall_s, sum.cpu_s, used.ru_maxrss / 1024.0);
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
        return warm(argv[2], argv[3], argv[4], argv[5], argc == 7 ? argv[6] : "raw");
    if (!strcmp(mode, "many") && argc == 6)
        return many(argv[2], argv[3], argv[4], argv[5]);
    if (!strcmp(mode, "trips") && argc == 5)
        return trips(argv[2], argv[3], argv[4]);
    if (!strcmp(mode, "decode") && argc == 4)
        return decode(argv[2], argv[3]);
    if (!strcmp(mode, "capture") && argc == 7)
        return capture(argv[2], argv[3], argv[4], argv[5], argv[6]);
    fprintf(stderr, "usage: zoom_bench warm|many|trips|decode|capture ...; the head of zoom_bench.c says how\n");
    return 2;
}
