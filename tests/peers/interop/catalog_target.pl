#!/usr/bin/perl
# A Z39.50 target over the MARC records of one file, with Net::Z3950::SimpleServer, for tests.
#
# CATALOG in the environment names a file of ISO 2709 records in UTF-8. It searches by Bib-1 use attributes 4 (title),
# 1003 (author), 7 (ISBN), 12 (record number) and 1016 (any of these), every word of a term anywhere in the index, joined
# by and, or, not; scans the words of an index; sorts by title (4); deletes result sets. Records come as USMARC, XML,
# SUTRS and GRS-1. Diagnostics: 13 range, 25 element set (F and B
# there are), 30 result set, 109 database, 114 use attribute, 207 sort key, 239 record syntax.
# Arguments go to launch_server.

use strict;
use warnings;
use Encode qw(decode encode);
use List::Util qw(any);
use Net::Z3950::GRS1;
use Net::Z3950::OID;
use Net::Z3950::SimpleServer;
use Unicode::Normalize qw(NFKD);

my %indexed = (
    4    => { 130 => 'a', 245 => 'abnp', 246 => 'a', 505 => 't' },
    1003 => { 100 => 'a', 110 => 'ab', 111 => 'a', 700 => 'a', 710 => 'a' },
    7    => { '020' => 'a', 776 => 'z' },
    12   => { '001' => '', '035' => 'a' },
);
my @records = read_file($ENV{CATALOG});
my %words;    # use attribute -> word -> { record number => 1 }
for my $number (0 .. $#records) {
    for my $use (keys %indexed) {
        for my $field (@{ $records[$number]{fields} }) {
            my $codes = $indexed{$use}{ $field->{tag} } // next;
            my @texts = map { $_->[1] } grep { $codes eq '' || index($codes, $_->[0]) >= 0 } @{ $field->{subfields} };
            $words{$_}{$use}{$number} = 1 for map { words_of($use, $_) } @texts;
        }
    }
}

# ---- records ---------------------------------------------------------------------------------------------------------

sub read_file {
    my ($path) = @_;
    open my $in, '<:raw', $path or die "$path: $!\n";
    local $/ = "\x1d";
    return map { read_record($_) } <$in>;
}

sub read_record {
    my ($raw) = @_;
    my ($directory) = substr($raw, 24) =~ /^([^\x1e]*)/;
    my $base = substr $raw, 12, 5;
    my @fields;
    while ($directory =~ /(...)(\d{4})(\d{5})/g) {
        my ($tag, $text) = ($1, decode('UTF-8', substr $raw, $base + $3, $2 - 1));
        my $control = $tag lt '010';
        my ($indicators, @parts) = split /\x1f/, $text;
        push @fields, {
            tag        => $tag,
            indicators => $control ? '' : $indicators,
            subfields  => $control ? [ [ '', $text ] ] : [ map { [ substr($_, 0, 1), substr $_, 1 ] } @parts ],
        };
    }
    return { raw => $raw, leader => substr($raw, 0, 24), fields => \@fields };
}

sub first_text {
    my ($record, $tag, $codes) = @_;
    for my $field (grep { $_->{tag} eq $tag } @{ $record->{fields} }) {
        return join ' ', map { $_->[1] } grep { $codes eq '' || index($codes, $_->[0]) >= 0 } @{ $field->{subfields} };
    }
    return '';
}

sub folded {
    my ($text) = @_;
    $text = NFKD($text);
    $text =~ s/\p{Mn}//g;
    return lc $text;
}

sub words_of {
    my ($use, $text) = @_;
    my $folded = folded($text);
    $folded =~ s/-//g if $use == 7;
    return $folded =~ /([^\W_]+)/g;
}

sub marcxml {
    my ($record) = @_;
    my $escaped = sub { my ($text) = @_; $text =~ s/([&<>"])/sprintf '&#%d;', ord $1/ge; return $text };
    my $xml = '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>' . $record->{leader} . '</leader>';
    for my $field (@{ $record->{fields} }) {
        if ($field->{indicators} eq '') {
            $xml .= "<controlfield tag=\"$field->{tag}\">" . $escaped->($field->{subfields}[0][1]) . '</controlfield>';
            next;
        }
        my ($first, $second) = split //, $field->{indicators};
        $xml .= "<datafield tag=\"$field->{tag}\" ind1=\"$first\" ind2=\"$second\">";
        $xml .= "<subfield code=\"$_->[0]\">" . $escaped->($_->[1]) . '</subfield>' for @{ $field->{subfields} };
        $xml .= '</datafield>';
    }
    return encode('UTF-8', "$xml</record>");
}

sub text_of {
    my ($record) = @_;
    return encode('UTF-8', 'Title: ' . first_text($record, '245', 'a') . "\nNumber: " . first_text($record, '001', ''));
}

sub grs1 {
    my ($record) = @_;
    my $made = Net::Z3950::GRS1->new;
    $made->AddElement(2, 1, &Net::Z3950::GRS1::ElementData::String, encode('UTF-8', first_text($record, '245', 'a')));
    $made->AddElement(1, 14, &Net::Z3950::GRS1::ElementData::String, encode('UTF-8', first_text($record, '001', '')));
    my $text = '';
    $made->Render(POOL => \$text);
    return $text;
}

my %made_as = (
    Net::Z3950::OID::usmarc() => sub { $_[0]{raw} },
    Net::Z3950::OID::xml()    => \&marcxml,
    Net::Z3950::OID::sutrs()  => \&text_of,
    Net::Z3950::OID::grs1()   => \&grs1,
);

# ---- queries: each returns a reference to a hash of record numbers, or dies with [condition, addinfo] ------------------

sub use_of {
    my ($term) = @_;
    my ($use) = map { $_->{attributeValue} } grep { $_->{attributeType} == 1 } @{ $term->{attributes} };
    $use //= 1016;
    die [ 114, $use ] unless $use == 1016 || exists $indexed{$use};
    return $use;
}

sub found_by {
    my ($node, $sets) = @_;
    my $kind = ref $node;
    if ($kind eq 'Net::Z3950::RPN::RSID') {
        my $set = $sets->{ $node->{id} } // die [ 30, $node->{id} ];
        return { map { $_ => 1 } @$set };
    }
    return found_by_term($node) if $kind eq 'Net::Z3950::RPN::Term';
    my ($left, $right) = map { found_by($_, $sets) } @$node;
    return { %$left, %$right } if $kind eq 'Net::Z3950::RPN::Or';
    my $wanted = $kind eq 'Net::Z3950::RPN::And';
    return { map { $_ => 1 } grep { $wanted == exists $right->{$_} } keys %$left };
}

sub found_by_term {
    my ($term) = @_;
    my $use = use_of($term);
    my $found;
    for my $word (words_of($use, decode('UTF-8', $term->{term}))) {
        my $under = $words{$word} // {};
        my $numbers = $use == 1016 ? { map { %$_ } values %$under } : $under->{$use} // {};
        $found = $found ? { map { $_ => 1 } grep { exists $numbers->{$_} } keys %$found } : $numbers;
    }
    return $found // {};
}

# ---- handlers --------------------------------------------------------------------------------------------------------

# Run the work; what it dies with becomes the diagnostic.
sub guarded {
    my ($args, $work) = @_;
    return if eval { $work->(); 1 };
    my $problem = $@;
    die $problem unless ref $problem eq 'ARRAY';
    @{$args}{qw(ERR_CODE ERR_STR)} = @$problem;
    return;
}

sub require_databases {
    my ($args) = @_;
    for my $name (@{ $args->{DATABASES} }) {
        die [ 109, $name ] if lc $name ne 'default';
    }
    return;
}

sub on_init {
    my ($args) = @_;
    @{$args}{qw(IMP_NAME HANDLE)} = ('catalog_target', {});
    return;
}

sub on_search {
    my ($args) = @_;
    guarded($args, sub {
        require_databases($args);
        my $found = found_by($args->{RPN}{query}, $args->{HANDLE});
        $args->{HANDLE}{ $args->{SETNAME} } = [ sort { $a <=> $b } keys %$found ];
        $args->{HITS} = keys %$found;
    });
    return;
}

sub on_fetch {
    my ($args) = @_;
    guarded($args, sub {
        my $set = $args->{HANDLE}{ $args->{SETNAME} } // die [ 30, $args->{SETNAME} ];
        my $number = $set->[ $args->{OFFSET} - 1 ] // die [ 13, $args->{OFFSET} ];
        die [ 25, $args->{COMP} ] unless ($args->{COMP} // 'F') =~ /^[FB]?$/i;
        my $made_as = $made_as{ $args->{REQ_FORM} } // die [ 239, $args->{REQ_FORM} ];
        @{$args}{qw(RECORD BASENAME)} = ($made_as->($records[$number]), 'Default');
    });
    return;
}

sub on_scan {
    my ($args) = @_;
    my ($wanted, $position) = @{$args}{qw(NUMBER POS)};
    @{$args}{qw(NUMBER ENTRIES)} = (0, []);
    guarded($args, sub {
        require_databases($args);
        my $use    = use_of($args->{RPN});
        my ($from) = words_of($use, decode('UTF-8', $args->{TERM}));
        my @terms  = sort grep { exists $words{$_}{$use} } keys %words;
        my ($at)   = grep { $terms[$_] ge $from } 0 .. $#terms;
        my $first  = ($at // @terms) - $position + 1;
        my @listed = grep { $_ >= 0 && $_ <= $#terms } $first .. $first + $wanted - 1;
        $args->{ENTRIES} = [
            map { { TERM => encode('UTF-8', $terms[$_]), OCCURRENCE => scalar keys %{ $words{ $terms[$_] }{$use} } } }
                @listed
        ];
        $args->{NUMBER} = @listed;
        $args->{STATUS} = Net::Z3950::SimpleServer::ScanPartial() if @listed < $wanted;
    });
    return;
}

sub on_sort {
    my ($args) = @_;
    $args->{STATUS} = 2;
    guarded($args, sub {
        my ($key)  = @{ $args->{SEQUENCE} };
        my ($name) = @{ $args->{INPUT} };
        my $set    = $args->{HANDLE}{$name} // die [ 30, $name ];
        my $title  = any { $_->{ATTR_TYPE} == 1 && $_->{ATTR_VALUE} == 4 } @{ $key->{SORT_ATTR} // [] };
        die [ 207, '' ] unless $title;
        my @sorted = sort { title_key($a) cmp title_key($b) } @$set;
        @sorted = reverse @sorted if $key->{RELATION} == 1;
        $args->{HANDLE}{ $args->{OUTPUT} } = \@sorted;
        $args->{STATUS} = 0;
    });
    return;
}

sub title_key {
    my ($number) = @_;
    return join ' ', words_of(4, first_text($records[$number], '245', 'ab'));
}

sub on_delete {
    my ($args) = @_;
    my $sets = $args->{HANDLE};
    my @names = defined $args->{SETNAME} ? $args->{SETNAME} : keys %$sets;
    $args->{STATUS} = (grep { !exists $sets->{$_} } @names) ? 1 : 0;
    delete @{$sets}{@names};
    return;
}

my $target = Net::Z3950::SimpleServer->new(
    INIT   => \&on_init,
    SEARCH => \&on_search,
    FETCH  => \&on_fetch,
    SCAN   => \&on_scan,
    SORT   => \&on_sort,
    DELETE => \&on_delete,
);
$target->launch_server('catalog_target.pl', @ARGV);
