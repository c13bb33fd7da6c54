#!/usr/bin/perl
# Search one Z39.50 target with Perl's ZOOM and print what came back as one JSON object.
#
# usage: zoom.pl HOST:PORT/DATABASE PQF [name=value ...]
#   syntax=usmarc|xml|opac|sutrs|...   record syntax asked for (default usmarc)
#   elements=NAME                      element set name (default: none)
#   count=N                            records to fetch from the first one on (default 1)
#   any other name                     handed to ZOOM as a connection option, such as user, password, timeout
#
# {"hits": N, "records": [R, ...], "error": E}; "error" stands alone when Init or Search failed, is added when Present
# failed, and is absent otherwise. R is {"position": N, "syntax": S, "raw": BASE64}, or {"position": N, "error": E} for a
# surrogate diagnostic, or only {"position": N} when nothing came. E is {"code": N, "set": S, "message": S, "addinfo": S}.
# Positions are 1-based. An OPAC record's raw is ZOOM's own XML for it. The exit status is 0 in each of these cases.

use strict;
use warnings;
use JSON::PP;
use MIME::Base64 qw(encode_base64);
use ZOOM;

my ($target, $pqf, @settings) = @ARGV;
die "usage: zoom.pl HOST:PORT/DATABASE PQF [name=value ...]\n" unless defined $pqf;
my %setting = (syntax => 'usmarc', count => 1, map { split /=/, $_, 2 } @settings);
my $syntax   = delete $setting{syntax};
my $count    = delete $setting{count};
my $elements = delete $setting{elements};

sub described {
    my ($code, $message, $addinfo, $set) = @_;
    return { code => $code + 0, message => $message, addinfo => $addinfo // '', set => $set // '' };
}

sub described_exception {
    my ($problem) = @_;
    return described($problem->code(), $problem->message(), $problem->addinfo(), $problem->diagset());
}

sub fetched {
    my ($record, $position) = @_;
    my $nothing = { position => $position };
    return $nothing unless defined $record;
    my ($code, $message, $addinfo, $set) = $record->error();
    return { position => $position, error => described($code, $message, $addinfo, $set) } if $code;
    my $own = $record->get('syntax');
    return $nothing unless defined $own && length $own;
    my $raw = $record->get(lc $own eq 'opac' ? 'opac' : 'raw');
    utf8::encode($raw) if utf8::is_utf8($raw);
    return { position => $position, syntax => $own, raw => encode_base64($raw // '', '') };
}

my $result = eval {
    $setting{elementSetName} = $elements if defined $elements;
    my $connection = ZOOM::Connection->new($target, 0, preferredRecordSyntax => $syntax, %setting);
    my $set  = $connection->search_pqf($pqf);
    my $hits = $set->size();
    my $last = $hits < $count ? $hits : $count;
    my $list = $last > 0 ? $set->records(0, $last, 1) : [];
    my @records  = map { fetched($list->[ $_ - 1 ], $_) } 1 .. $last;
    my $answer   = { hits => $hits + 0, records => \@records };
    my $problem  = $connection->exception();
    $answer->{error} = described_exception($problem) if $problem;
    $answer;
};
if (my $problem = $@) {
    die $problem unless ref $problem && $problem->isa('ZOOM::Exception');
    $result = { error => described_exception($problem) };
}
print JSON::PP->new->ascii->canonical->encode($result), "\n";
