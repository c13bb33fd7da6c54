#!/usr/bin/perl
# Carry out the steps of one run with Perl's ZOOM. Standard input is one JSON object, and so is each answer printed:
#
# {"target": "HOST:PORT/DATABASE", "steps": [STEP, ...]} gives [ANSWER, ...], an answer a step
#   {"do": "Search", "pqf": Q}                          {"hits": N}
#   {"do": "Present", "start": N, "count": N, "syntax": S, "elements": S}
#                                                       {"records": [{"syntax": S, "raw": BASE64}, ...]}; start is 1-based
#   {"do": "Scan", "pqf": Q, "count": N, "position": N} {"terms": [[BASE64, N], ...]}
#   {"do": "Sort", "use": N, "descending": B}           {}
# Present and Sort speak of the result set of the last Search. A diagnostic is {"error": {"code": N, "addinfo": S}}.
# An OPAC record's raw is ZOOM's own XML for it.

use strict;
use warnings;
use JSON::PP;
use MIME::Base64 qw(encode_base64);
use ZOOM;

my $request    = JSON::PP->new->decode(do { local $/; <STDIN> });
my $connection = ZOOM::Connection->new($request->{target}, 0, count => 0, timeout => 10);
my $set;

sub refused {
    my ($problem) = @_;
    return { error => { code => $problem->code() + 0, addinfo => $problem->addinfo() // '' } };
}

sub raw_of {
    my ($record) = @_;
    my ($code, $message, $addinfo, $diagset) = $record->error();
    die ZOOM::Exception->new($code, $message, $addinfo, $diagset) if $code;
    my $syntax = $record->get('syntax');
    my $raw = $record->get(lc $syntax eq 'opac' ? 'opac' : 'raw');
    utf8::encode($raw) if utf8::is_utf8($raw);
    return { syntax => $syntax, raw => encode_base64($raw // '', '') };
}

my %does = (
    Search => sub {
        my ($step) = @_;
        $set = $connection->search_pqf($step->{pqf});
        return { hits => $set->size() + 0 };
    },
    Present => sub {
        my ($step) = @_;
        $set->option(preferredRecordSyntax => $step->{syntax});
        $set->option(elementSetName => $step->{elements});
        my $found = $set->records($step->{start} - 1, $step->{count}, 1);
        my $problem = $connection->exception();
        die $problem if $problem;
        return { records => [ map { raw_of($_) } grep { defined } @$found ] };
    },
    Scan => sub {
        my ($step) = @_;
        $connection->option(number => $step->{count});
        $connection->option(position => $step->{position});
        my $list = $connection->scan_pqf($step->{pqf});
        my @terms = map { [ $list->term($_) ] } 0 .. $list->size() - 1;
        return { terms => [ map { [ encode_base64($_->[0], ''), $_->[1] + 0 ] } @terms ] };
    },
    Sort => sub {
        my ($step) = @_;
        $set->sort('yaz', "1=$step->{use} i" . ($step->{descending} ? 'd' : 'a'));
        my $problem = $connection->exception();
        die $problem if $problem;
        return {};
    },
);

my @answers = map {
    my $step   = $_;
    my $answer = eval { $does{ $step->{do} }->($step) };
    if (my $problem = $@) {
        die $problem unless ref $problem && $problem->isa('ZOOM::Exception');
        $answer = refused($problem);
    }
    $answer;
} @{ $request->{steps} };
$connection->destroy();
print JSON::PP->new->ascii->canonical->encode(\@answers), "\n";
