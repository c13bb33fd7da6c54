"""Bib-1 conditions 201 to 247: those that version 3 brought. The form is described in `locate.z3950.conditions`."""

from __future__ import annotations

__all__ = ["VERSION_3"]

VERSION_3 = """
201 never text | proximity not supported with this attribute combination
    The server finds terms near each other in some indexes only (not with {these attributes}); use @and, not @prox.
202 never value | unsupported distance for proximity
    The server does not look for terms {that far} apart; give a smaller distance, or use @and.
203 never - | ordered flag not supported for proximity
    The server finds terms near each other but not in a given order; send @prox without the order.
204 never - | exclusion flag not supported for proximity
    The server cannot look for terms that are not near each other; send @prox without the exclusion.
205 never - | only zero step size supported for scan
    The server lists every term of an index or none; scan with step size 0.
206 never value | specified step size not supported for scan
    The server cannot skip {so many} terms between the ones it lists; scan with step size 0, or with none given.
207 never text | cannot sort according to sequence
    The server cannot sort by {that field}; take records in the order they come, as a locate does.
208 never - | no result set name supplied on sort
    The server was not told which result to sort; name the input and the output.
209 never - | generic sort not supported, only database specific sort
    The server sorts only by keys of its own databases; take records in the order they come.
210 never - | database specific sort not supported
    The server sorts only by general keys such as "title"; do not name a database in the sort key.
211 never number | too many sort keys
    Too many sort keys were given ({more than the server takes}); sort by the first one only.
212 never text | duplicate sort keys
    A sort key was given twice ({the same}); give each key once.
213 never value | unsupported missing data action
    The server does not know the rule {given} for records without the sort field; leave the rule out.
214 never value | illegal sort relation
    The server knows no sort order {of that number}; use ascending (0) or descending (1).
215 never value | illegal case value
    The server knows no case rule {of that number}; use 0 (case counts) or 1 (it does not).
216 never value | illegal missing data action
    The rule for records without the sort field ({as sent}) is not a lawful one; leave it out.
217 never - | segmentation: cannot guarantee records will fit in specified segments
    The records may not fit into the pieces agreed on; ask again without a limit on the number of pieces.
218 never name | extended services: package name already in use
    An order or stored query {of that name} is already there; choose another name, a locate sends none.
219 never name | extended services: no such package
    There is no order or stored query {of that name} to change or delete; list the packages first.
220 later - | extended services: quota exceeded
    The server stores no more orders or queries for this user; delete old ones, or wait.
221 never oid | extended services: service type not supported
    The server does not offer {that extended service}; orders have to go another way, by ISO 18626 for instance.
222 never - | extended services: permission denied, user not authorized
    This user may not use extended services there; ask the partner to grant it, if it is needed at all.
223 never - | extended services: permission denied, cannot modify or delete
    This user may create packages there but not change or delete them; ask the partner's library to do it.
224 later - | extended services: immediate execution failed
    The server accepted the order or update but failed to carry it out at once; look at the package later.
225 never - | extended services: immediate execution not supported for this service
    The server carries out this extended service only in its own time; do not ask it to wait.
226 never - | extended services: immediate execution not supported for these parameters
    The server cannot carry out this very request at once; send it without asking it to wait.
227 never - | no data available in requested record syntax
    The server has the record, but nothing of it in the form asked for; add another entry to record_syntaxes.
228 never - | scan: malformed scan
    The server cannot read the scan request; scan one term with a single use attribute.
229 never text | term type not supported
    The server does not take search terms of the type {sent}; send plain text, as this client does by default.
230 never maximum | sort: too many input results
    Too many results were to be sorted together (the server allows {fewer}); sort one result.
231 never - | sort: incompatible record formats
    The results to be sorted together hold records of different kinds; sort them one by one.
232 never text | scan: term list not supported
    The server has no list of terms for that index (it offers {others}); search it instead of scanning.
233 never value | scan: unsupported value of position in response
    The server cannot put the term at the position {asked for} in the list; scan with position 1.
234 never number | too many index terms processed
    The term stands for too many index entries ({a large number}); send a longer term, or no truncation.
235 never database | database does not exist
    The server has no database {of that name}; correct it in the target, upper and lower case may count.
236 never database | access to specified database denied
    This login, or your address, may not search {the database}; check credentials, or ask the partner for access.
237 never - | sort: illegal sort
    The server calls the sort request unlawful; take records in the order they come.
238 never syntaxes | record not available in requested syntax
    The record comes in another form only ({others}); add that form to record_syntaxes.
239 never syntax | record syntax not supported
    The server does not know {that record syntax}; take it out of record_syntaxes, the locate goes on with the next.
240 later - | scan: resources exhausted looking for satisfying terms
    The server gave up looking for more index terms; scan for fewer terms, or later.
241 never - | scan: beginning or end of term list
    The list of terms ends here; this is no fault, fewer terms than asked for are there.
242 never number | segmentation: maximum segment size too small to segment record
    The record needs larger pieces (at least {more} bytes); raise the segment size, or ask without one.
243 never - | present: additional ranges parameter not supported
    The server gives one range of records at a time; ask for each range by itself.
244 never - | present: comp-spec parameter not supported
    The server does not take detailed descriptions of the wanted elements; send a plain element set name.
245 never - | type-1 query: restriction (resultAttr) operand not supported
    The server cannot narrow an earlier result by attributes; send the whole search anew.
246 never - | type-1 query: complex attribute value not supported
    The server takes attribute values as single numbers only; write attributes as type=number.
247 never - | type-1 query: attribute set within an attribute not supported
    The server takes one attribute set for the whole query; use Bib-1 attributes only.
"""
