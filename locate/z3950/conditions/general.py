"""Bib-1 conditions 1 to 132: those that version 2 has too. The form is described in `locate.z3950.conditions`."""

from __future__ import annotations

__all__ = ["GENERAL"]

GENERAL = """
1 elsewhere - | permanent system error
    The server reports a fault that will not pass by itself; tell the partner's library, and leave the partner out
    until it is mended.
2 later - | temporary system error
    The server reports a fault of the moment; ask this partner again later.
3 never - | unsupported search
    The server cannot carry out a search of this kind; try fewer attributes, or another step in the profile.
4 never - | terms only exclusion (stop) words
    Every word of the search is on the server's list of words it ignores; search by a number, or add the author.
5 never - | too many argument words
    The search has more words than the server takes; shorten the title, or search by a number.
6 never - | too many boolean operators
    The search joins more parts than the server takes; take fields out of locate_by, or use single steps.
7 never - | too many truncated words
    More words are cut short than the server takes; send no truncation attribute (type 5) in this step.
8 never - | too many incomplete subfields
    The server takes fewer terms that are parts of subfields; drop the completeness attribute (type 6) of this step.
9 never - | truncated words too short
    A word cut short is too short for the server; send no truncation attribute (type 5) in this step.
10 never - | invalid format for record number in search term
    The server's record numbers are written in another way; check how the control number has to look there.
11 never - | too many characters in search statement
    The search is longer than the server takes; shorten the pqf_prefix or the title, or search by a number.
12 never - | too many records retrieved
    So many records fit that the server gives none; the locate adds the year, where the citation has one.
13 never - | present request out of range
    Records were asked for that the result set does not have; the server's hit count may not be true.
14 later - | system error in presenting records
    The search worked, but the server failed to give the records; try another element set or record syntax.
15 elsewhere - | record not authorized to be sent intersystem
    The partner does not let this record out of its system; ask another partner for the item.
16 never - | record exceeds preferred message size
    The record is larger than one message may be; it is fetched alone, and max_records may be lowered.
17 never - | record exceeds exceptional record size
    The record is larger than the server sends at all; a brief element set ("B") may fit.
18 never - | result set not supported as a search term
    The server cannot search within an earlier result; use queries without @set.
19 never - | only single result set as search term supported
    The server takes an earlier result only as the whole query; use queries without @set.
20 never - | only ANDing of a single result set as search term supported
    The server takes an earlier result only joined by @and to new terms; write the query that way.
21 never - | result set exists and replace indicator off
    A result of that name is still there and was not to be replaced; use another name, or delete it first.
22 never - | result set naming not supported
    The server keeps one unnamed result only; name no result set, the locate needs none.
23 never - | specified combination of databases not supported
    The server does not search these databases together; make one partner of each database.
24 never - | element set names not supported
    The server knows no element sets; set element_set = "" in the profile.
25 never name | specified element set name not valid for specified database
    The server does not know the element set {asked for}; put another name into element_set, or "" to send none.
26 never - | only generic form of element set name supported
    The server takes one element set for all databases only; name a single database in the target.
27 later - | result set no longer exists, deleted by the target
    The server threw the result away before its records were fetched; the search has to be sent again.
28 later - | result set is in use
    The server is still busy with that result; wait for its answer, or ask again on a new connection.
29 later database | one of the specified databases is locked
    The server has locked {the database} for the moment, for maintenance perhaps; ask this partner again later.
30 never name | specified result set does not exist
    The server has no result {of that name}, since it forgot it or ignores names; the search has to be sent again.
31 later - | resources exhausted, no results available
    The server is overloaded and gave nothing; ask this partner again later.
32 later - | resources exhausted, unpredictable partial results available
    The server ran out of resources; what it gave is an arbitrary part, so "not found" cannot be relied on.
33 later - | resources exhausted, valid subset of results available
    The server ran out of resources; the records it gave are right, but others may be missing.
100 never - | unspecified error
    The server failed without a number for the reason; its own words, if it gave any, are all that is known.
101 never - | access-control failure
    The server refuses access; check the partner's credentials, and whether your address is allowed there.
102 never - | challenge required, could not be issued; operation terminated
    The server wanted to ask for a login in the middle of the work and could not; put credentials into the target.
103 never - | challenge required, could not be issued; record not included
    The server wants a login before it gives this record; put credentials into the target.
104 elsewhere - | challenge failed, record not included
    The login does not entitle to this record; ask the partner for other credentials, or another partner for the item.
105 never - | terminated at origin request
    The operation was ended from this side; if that was not meant, raise the partner's time limits.
106 never - | no abstract syntaxes agreed to for this record
    The server has this record in none of the agreed forms; add another entry to record_syntaxes.
107 never - | query type not supported
    The server does not take type-1 queries, which every search here is; it cannot be searched over Z39.50.
108 never - | malformed query
    The server cannot read the query; check the pqf_prefix and the attributes of the step.
109 later database | database unavailable
    The server does not give access to {the database} now; check the name in the target, else ask again later.
110 never operator | operator unsupported
    The server cannot join terms by {that operator}; use steps with a single term.
111 never maximum | too many databases specified
    The target names more databases than the server searches at once (it allows {fewer}); name one.
112 never maximum | too many result sets created
    The server keeps fewer results open (it allows {fewer}); delete results, or close the connection sooner.
113 never type | unsupported attribute type
    The server takes no {attribute of that type}; leave it out of the step, or send the use attribute alone.
114 never use | unsupported use attribute
    This server cannot search by {that index}; leave the step out of the profile, the locate goes on with the next one.
115 never term | unsupported term value for use attribute
    The index does not take {that term}; check how numbers are written in the partner's catalog.
116 never - | use attribute required but not supplied
    The server wants to be told which index to search; give the step a use attribute, such as 1=4 for the title.
117 never relation | unsupported relation attribute
    The server cannot compare by {that relation}; leave type 2 out of the step, or send 2=3 (equal).
118 never structure | unsupported structure attribute
    The server does not take {that structure}; leave type 4 out of the step, or try another, such as 4=1 (phrase).
119 never position | unsupported position attribute
    The server does not take {that position}; leave type 3 out of the step, or try 3=3 (anywhere) or 3=1 (first).
120 never truncation | unsupported truncation attribute
    The server does not take {that truncation}; leave type 5 out of the step, or send 5=100 (none).
121 never oid | unsupported attribute set
    The server does not know {that attribute set}; use Bib-1 attributes only.
122 never completeness | unsupported completeness attribute
    The server does not take {that completeness}; leave type 6 out of the step, or try 6=1 (part of a subfield).
123 never - | unsupported attribute combination
    The server takes these attributes, but not together; send the use attribute with structure 4=1 or 4=2, or alone.
124 never value | unsupported coded value for term
    The index holds codes, and {that code} is not one of them; check the codes that the partner uses.
125 never - | malformed search term
    The server cannot read the search term; look for punctuation or characters that it does not expect.
126 never term | illegal term value for attribute
    The index cannot hold {that term}: a word where a number is due, perhaps; check the step's attributes.
127 never value | unparsable format for un-normalized value
    The server cannot make sense of {that value}; write dates and names as its catalog has them.
128 never name | illegal result set name
    The server does not take {that name} for a result; use the name "default".
129 never - | proximity search of sets not supported
    The server cannot look for nearness between earlier results; use @and instead of @prox.
130 never name | illegal result set in proximity search
    The result {of that name} cannot be part of a nearness search; use @and instead of @prox.
131 never value | unsupported proximity relation
    The server does not compare distances by the relation {asked for}; use @and instead of @prox.
132 never value | unsupported proximity unit code
    The server does not measure nearness in the unit {asked for}; use words (unit 2), or @and instead of @prox.
"""
