#!/usr/bin/perl
# A Z39.50 target over Net::Z3950::SimpleServer that searches a file of MARC records, for tests of the probe.
#
# RECORDS names a file of ISO 2709 records in UTF-8. Every word of a term has to stand somewhere in a record, in any
# order and any field; AND, OR and AND-NOT are carried out. Use attribute 9 is diagnostic 114. Records come as USMARC
# only, any other syntax is diagnostic 239. Arguments go to launch_server.

use strict;
use warnings;
use Net::Z3950::SimpleServer;
use Net::Z3950::OID;

my (@records, @words, %sets);

{
    local $/ = "\x1d";
    open my $file, '<:raw', $ENV{RECORDS} or die "$ENV{RECORDS}: $!";
    while (my $record = <$file>) {
        push @records, $record;
        push @words, { map { $_ => 1 } words(substr $record, 24) };
    }
}

sub words {
    my ($text) = @_;
    $text =~ s/\x1f./ /g;
    $text =~ s/[^A-Za-z0-9\x80-\xff]+/ /g;
    return split ' ', lc $text;
}

sub found {
    my ($node) = @_;
    if ($node->isa('Net::Z3950::RPN::Term')) {
        for my $attribute (@{ $node->{attributes} }) {
            die "114 9\n" if $attribute->{attributeType} == 1 && $attribute->{attributeValue} == 9;
        }
        my @wanted = words($node->{term});
        return { map { $_ => 1 } grep { my $held = $words[$_]; !grep { !$held->{$_} } @wanted } 0 .. $#records };
    }
    my ($left, $right) = map { found($_) } @$node;
    return { %$left, %$right } if $node->isa('Net::Z3950::RPN::Or');
    my $both = $node->isa('Net::Z3950::RPN::And') ? 1 : 0;
    return { map { $_ => 1 } grep { ($right->{$_} // 0) == $both } keys %$left };
}

sub on_search {
    my ($args) = @_;
    my $numbers = eval { found($args->{RPN}{query}) };
    if (my ($condition, $addinfo) = $@ =~ /^(\d+) (.*)/) {
        @$args{qw(ERR_CODE ERR_STR)} = ($condition, $addinfo);
        return;
    }
    $sets{ $args->{SETNAME} } = [ sort { $a <=> $b } keys %$numbers ];
    $args->{HITS} = @{ $sets{ $args->{SETNAME} } };
    return;
}

sub on_fetch {
    my ($args) = @_;
    if ($args->{REQ_FORM} ne Net::Z3950::OID::usmarc) {
        @$args{qw(ERR_CODE ERR_STR)} = (239, $args->{REQ_FORM});
        return;
    }
    $args->{RECORD} = $records[ $sets{ $args->{SETNAME} }[ $args->{OFFSET} - 1 ] ];
    return;
}

my $target = Net::Z3950::SimpleServer->new(SEARCH => \&on_search, FETCH => \&on_fetch);
$target->launch_server('probe_target.pl', @ARGV);
