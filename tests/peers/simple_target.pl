#!/usr/bin/perl
# A small Z39.50 target over Net::Z3950::SimpleServer, for tests.
#
# It answers any search with as many hits as the term says, when the term is a number, and with one hit otherwise.
# Every record is made up here: MARC 21 as USMARC, its title as SUTRS, or MARCXML; any other syntax is diagnostic 239.
# SIMPLE_USER and SIMPLE_PASSWORD, when set, are asked for in Init; a wrong pair is refused with diagnostic 1014.
# Database names other than Default are refused with diagnostic 109. Arguments go to launch_server.

use strict;
use warnings;
use Net::Z3950::SimpleServer;
use Net::Z3950::OID;

sub on_init {
    my ($args) = @_;
    $args->{IMP_NAME} = 'simple_target';
    return unless defined $ENV{SIMPLE_USER};
    my $user     = $args->{USER} // '';
    my $password = $args->{PASS} // '';
    if ($user ne $ENV{SIMPLE_USER} || $password ne ($ENV{SIMPLE_PASSWORD} // '')) {
        $args->{ERR_CODE} = 1014;
        $args->{ERR_STR}  = 'user or password unknown';
    }
    return;
}

sub on_search {
    my ($args) = @_;
    if (grep { lc ne 'default' } @{ $args->{DATABASES} }) {
        $args->{ERR_CODE} = 109;
        $args->{ERR_STR}  = join ',', @{ $args->{DATABASES} };
        return;
    }
    my ($last_word) = $args->{QUERY} =~ /([^\s"]+)"?\s*$/;
    $args->{HITS} = defined $last_word && $last_word =~ /^\d+$/ ? $last_word : 1;
    return;
}

sub marc {
    my ($number) = @_;
    my @fields = (
        [ '001', "simple$number" ],
        [ '245', "00\x1faMade-up record number $number." ],
    );
    my ($directory, $data) = ('', '');
    for my $field (@fields) {
        my $body = "$field->[1]\x1e";
        $directory .= sprintf '%s%04d%05d', $field->[0], length $body, length $data;
        $data .= $body;
    }
    my $base = 24 + length($directory) + 1;
    return sprintf "%05dnam a22%05d a 4500%s\x1e%s\x1d", $base + length($data) + 1, $base, $directory, $data;
}

sub marcxml {
    my ($number) = @_;
    return '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>'
        . "<controlfield tag=\"001\">simple$number</controlfield>"
        . '<datafield tag="245" ind1="0" ind2="0"><subfield code="a">'
        . "Made-up record number $number.</subfield></datafield></record>";
}

sub on_fetch {
    my ($args) = @_;
    my $number = $args->{OFFSET};
    my $syntax = $args->{REQ_FORM};
    if ($syntax eq Net::Z3950::OID::usmarc) {
        $args->{RECORD} = marc($number);
    }
    elsif ($syntax eq Net::Z3950::OID::xml) {
        $args->{RECORD} = marcxml($number);
    }
    elsif ($syntax eq Net::Z3950::OID::sutrs) {
        $args->{RECORD} = "Made-up record number $number.";
    }
    else {
        $args->{ERR_CODE} = 239;
        $args->{ERR_STR}  = $syntax;
    }
    return;
}

my $target = Net::Z3950::SimpleServer->new(INIT => \&on_init, SEARCH => \&on_search, FETCH => \&on_fetch);
$target->launch_server('simple_target.pl', @ARGV);
