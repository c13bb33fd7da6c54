#!/usr/bin/perl
# What Perl's ZOOM costs on the same work, as one JSON object a run.
#
#   zoom_bench.pl warm HOST:PORT/DB PQF N RECORDS      N searches on one association, RECORDS records piggybacked on each
#   zoom_bench.pl many TARGETFILE PQF RECORDS TIMES    one search on every target of the file (one a line), all at once
#   zoom_bench.pl trips HOST:PORT/DB PQF RECORDS       connect and search (cold_s), then search again (warm_s)
#
# Times: wall_s and cpu_s (user + system of this process) in seconds, for the searches alone. "warm" first does a tenth
# of the searches, "many" asks five targets, "trips" does the whole, all unmeasured; "many" gives the mean of TIMES, and
# the records and failures of the last. Exit status 1: the work could not be done, with a sentence on stderr; 2: wrong arguments.

use strict;
use warnings;
use JSON::PP;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC CLOCK_PROCESS_CPUTIME_ID);
use ZOOM;

use constant WARM_TARGETS => 5;

my %argument_count = (warm => 4, many => 4, trips => 3);
my ($mode, @arguments) = @ARGV;
if (!defined $mode || !exists $argument_count{$mode} || @arguments != $argument_count{$mode}) {
    print STDERR "usage: zoom_bench.pl warm|many|trips ...; the head of zoom_bench.pl says how\n";
    exit 2;
}

# Ask for the records inside the SearchResponse, and for no more of them than are wanted (Z39.50-2003 3.2.2.1.6).
sub options_for {
    my ($records, %more) = @_;
    my $options = ZOOM::Options->new();
    my %wanted  = (
        preferredRecordSyntax  => 'usmarc',
        count                  => $records,
        presentChunk           => $records,
        smallSetUpperBound     => 1,
        largeSetLowerBound     => 2147483647,
        mediumSetPresentNumber => $records,
        %more,
    );
    $options->option($_ => $wanted{$_}) for keys %wanted;
    return $options;
}

sub clocks { return map { clock_gettime($_) } CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID }

# Read each record's bytes, as a caller would; return how many records there were.
sub touch {
    my ($set, $wanted) = @_;
    my $size    = $set->size();
    my $records = 0;
    for my $index (0 .. ($wanted < $size ? $wanted : $size) - 1) {
        my $record = $set->record_immediate($index);
        $records++ if defined $record && length $record->raw();
    }
    return $records;
}

sub search {
    my ($connection, $pqf, $wanted) = @_;
    my $set     = $connection->search_pqf($pqf);
    my $records = touch($set, $wanted);
    $set->destroy();
    return $records;
}

sub warm {
    my ($target, $pqf, $searches, $wanted) = @_;
    my $connection = ZOOM::Connection->create(options_for($wanted));
    $connection->connect($target);
    search($connection, $pqf, $wanted) for 1 .. $searches / 10;
    my ($wall, $cpu) = clocks();
    my $records = 0;
    $records += search($connection, $pqf, $wanted) for 1 .. $searches;
    my ($wall_end, $cpu_end) = clocks();
    return { searches => $searches + 0, records => $records, wall_s => $wall_end - $wall, cpu_s => $cpu_end - $cpu };
}

sub connect_and_search_twice {
    my ($target, $pqf, $wanted) = @_;
    my ($start)    = clocks();
    my $connection = ZOOM::Connection->create(options_for($wanted));
    $connection->connect($target);
    my $records   = search($connection, $pqf, $wanted);
    my ($between) = clocks();
    $records += search($connection, $pqf, $wanted);
    my ($end) = clocks();
    $connection->destroy();
    return { records => $records, cold_s => $between - $start, warm_s => $end - $between };
}

sub trips {
    connect_and_search_twice(@_);
    return connect_and_search_twice(@_);
}

# Ask every target once, at the same time; what is destroyed afterwards is not measured.
sub ask_all {
    my ($targets, $pqf, $wanted) = @_;
    my ($wall, $cpu) = clocks();
    my $options = options_for($wanted, async => 1);
    my (@connections, @sets);
    for my $target (@$targets) {
        my $connection = ZOOM::Connection->create($options);
        $connection->connect($target);
        push @connections, $connection;
        push @sets,        $connection->search_pqf($pqf);
    }
    1 while ZOOM::event(\@connections) != 0;
    my ($records, $failed) = (0, 0);
    for my $index (0 .. $#connections) {
        if   ($connections[$index]->errcode()) { $failed++ }
        else                                   { $records += touch($sets[$index], $wanted) }
    }
    my ($wall_end, $cpu_end) = clocks();
    $_->destroy() for @sets, @connections;
    return ($wall_end - $wall, $cpu_end - $cpu, $records, $failed);
}

sub many {
    my ($path, $pqf, $wanted, $times) = @_;
    open my $file, '<', $path or die "cannot read $path: $!\n";
    chomp(my @targets = grep { /\S/ } <$file>);
    close $file;
    my $few = @targets < WARM_TARGETS ? @targets : WARM_TARGETS;
    ask_all([ @targets[ 0 .. $few - 1 ] ], $pqf, $wanted);
    my %sum = (targets => scalar @targets, wall_s => 0, cpu_s => 0);
    for (1 .. $times) {
        my ($wall, $cpu, $records, $failed) = ask_all(\@targets, $pqf, $wanted);
        $sum{wall_s} += $wall / $times;
        $sum{cpu_s}  += $cpu / $times;
        @sum{qw(records failed)} = ($records, $failed);
    }
    return \%sum;
}

my %work   = (warm => \&warm, many => \&many, trips => \&trips);
my $result = eval { $work{$mode}->(@arguments) };
if (my $problem = $@) {
    my $said = ref $problem ? $problem->message() . ' (' . ($problem->addinfo() // '') . ')' : $problem;
    chomp $said;
    print STDERR "zoom_bench.pl: $said\n";
    exit 1;
}
print JSON::PP->new->ascii->canonical->encode({ mode => $mode, %$result }), "\n";
