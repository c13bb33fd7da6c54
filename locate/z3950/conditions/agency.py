"""Bib-1 conditions from 1001: those registered later. The form is described in `locate.z3950.conditions`."""

from __future__ import annotations

__all__ = ["AGENCY"]

AGENCY = """
1001 never - | malformed APDU
    The server could not read what was sent to it; if other targets work, send the trace with a bug report.
1002 never - | item order: external form of the request not supported
    The server takes item orders in another form only; a locate never orders over Z39.50.
1003 never - | item order: result set item form of the request not supported
    The server does not take an order for a record of a result; give the item's details in the order itself.
1004 never - | extended services not supported without access control
    The server offers orders and updates to users who log in only; put credentials into the target.
1005 never - | response records in search response not supported
    The server gives no records with the answer to a search; they are fetched in a second step, which is done by itself.
1006 never - | response records in search response not possible for specified database
    For this database no records come with the answer to a search; they are fetched in a second step by itself.
1007 elsewhere text | no explain server
    The server does not describe itself (its description is at {another server}); run zlocate probe instead.
1008 never text | extended services: missing mandatory parameter
    The order or update lacks something the server needs ({a parameter}); complete the request.
1009 never oid | item order: unsupported OID in the request
    The server does not take item orders in the format {given}; ask its operator which one it takes.
1010 never - | Init: bad user name
    The server does not know the user name; check user or open in the partner's credentials.
1011 never - | Init: bad user name or password
    User name or password is wrong; check the partner's credentials, or ask the partner for new ones.
1012 never - | Init: no searches remaining
    The searches paid for in advance are used up; the contract with the partner has to be renewed.
1013 never - | Init: incorrect interface type
    This login is meant for another kind of client; ask the partner for one that is good for Z39.50.
1014 never - | Init: authentication system error
    The server could not, or would not, accept the login; check the credentials first, then ask its operator.
1015 later - | Init: maximum number of simultaneous sessions for this user
    All sessions of this login are in use; lower limits.connections of the partner, and ask again later.
1016 never - | Init: blocked network address
    The server does not let your network address in; give the partner's library the address you come from.
1017 never - | Init: no databases available for specified user
    The login is right, but no database is open to it; ask the partner to grant one.
1018 later - | Init: system temporarily out of resources
    The server is too busy to begin a session; ask this partner again later.
1019 later when | Init: system not available due to maintenance
    The server is being maintained (back {at a time not given}); ask this partner again later.
1020 later when | Init: system temporarily unavailable
    The server is closed for a while (back {at a time not given}); ask this partner again later.
1021 never - | Init: account has expired
    The account at the partner has run out; have it renewed there.
1022 never - | Init: password has expired, a new one must be supplied
    The password has run out; get a new one from the partner and put it into the credentials.
1023 never - | Init: password was changed by an administrator, a new one must be supplied
    The partner has changed the password; ask for the new one and put it into the credentials.
1024 never attribute | unsupported attribute
    The server does not take {that attribute}; leave it out of the step, or leave the step out.
1025 never - | service not supported for this database
    This database cannot do what was asked, a scan or a sort perhaps; other databases of the server may.
1026 later - | record cannot be opened because it is locked
    Somebody is editing this very record; ask for it again later.
1027 later - | SQL error
    The database behind the server failed; ask again later, and tell the partner's library if it goes on.
1028 never - | record deleted
    The record was deleted while it still stood in the index; the item is likely gone, look at other records.
1029 never maximum | scan: too many terms requested
    More index terms were asked for than the server lists at once (it allows {fewer}); ask for fewer.
1040 never text | extended services: invalid function
    The request asks for something other than create, delete or modify ({unknown}); correct the request.
1041 never - | extended services: error in retention time
    The server does not keep a package that long; give another retention time, or none.
1042 never text | extended services: permissions data not understood
    The server cannot read who may use the package ({as sent}); leave the permissions out.
1043 never oid | extended services: invalid OID for task specific parameters
    The details of the order or update are in a format the server does not take ({as sent}); use another.
1044 never text | extended services: invalid action
    The server does not know the update action {asked for}; use insert, replace, delete or update of elements.
1045 never text | extended services: unknown schema
    The server does not know the record schema {named in the update}; name another one.
1046 never maximum | extended services: too many records in package
    One update may carry fewer records (at most {fewer}); split it.
1047 never text | extended services: invalid wait action
    The server cannot wait in the way asked for ({as sent}); send the request without that wish.
1048 never number | extended services: cannot create task package, exceeds maximum size
    The order or update is too large to be stored (at most {fewer} bytes); split it.
1049 never number | extended services: cannot return task package, exceeds maximum size
    The package was made but is too large to be sent back (at most {fewer} bytes); fetch it by a search.
1050 never maximum | extended services: request too large
    The whole request is larger than the server takes (at most {fewer} bytes); send fewer records in it.
1051 never - | scan: attribute set id required and not supplied
    The scan has to say which attribute set it uses; name Bib-1 in it.
1052 never number | extended services: cannot process record, exceeds maximum size
    One record of the update is too large (at most {fewer} bytes); shorten it and send it again, the others may be done.
1053 never number | extended services: cannot return record, exceeds maximum size
    One record is too large to be sent back (at most {fewer} bytes); it may have been updated, fetch it by a search.
1054 never oid | Init: required negotiation record not included
    The server begins no session without a negotiation of {something}; ask its operator what a client has to offer.
1055 never - | Init: negotiation option required
    The server insists on negotiating character set or language in Init; ask its operator what to offer.
1056 never attribute | attribute not supported for database
    This database has no such index or attribute ({as sent}); leave the step out, or name another database.
1057 never text | extended services: unsupported value of task package parameter
    The server does not take a value given in the request ({as sent}); change it to one that it offers.
1058 never - | duplicate detection: cannot compare the requested part of the record
    The server cannot look for duplicates in that part of the records; compare whole records.
1059 never text | duplicate detection: criterion not supported
    The server cannot tell duplicates by {that rule}; leave it out, a locate compares records itself.
1060 never - | duplicate detection: level of match not supported
    The server cannot look for duplicates that exactly; ask for another level.
1061 never - | duplicate detection: regular expression not supported
    The server takes no such pattern for telling duplicates; leave the pattern out.
1062 never - | duplicate detection: cannot do clustering
    The server can drop duplicates but not group them; ask it to keep one of each.
1063 never text | duplicate detection: retention criterion not supported
    The server cannot choose which duplicate to keep by {that rule}; leave the rule out.
1064 never - | duplicate detection: number or percentage of entries for retention too large
    Fewer records have to be kept when duplicates are dropped; lower the number.
1065 never text | duplicate detection: sort criterion not supported
    The server cannot sort groups of duplicates by {that rule}; leave the sorting out.
1066 never - | comp-spec: unknown schema, or schema not supported
    The server does not know the record schema asked for; name no schema, or take MARC 21 instead of XML.
1067 never text | encapsulation: encapsulated sequence of APDUs not supported
    The server does not take several requests in one ({as sent}); send one after the other.
1068 never - | encapsulation: base operation and encapsulated APDUs not executed
    The server looked at a bundle of requests and did none of them; send each alone to see which one it minds.
1069 never - | no syntaxes available for this request
    The server can give these records in no form that was asked for; add another entry to record_syntaxes.
1070 never - | user not authorized to receive records in requested syntax
    This login may not have records in that form; add another entry to record_syntaxes, or use other credentials.
1071 never - | preferred record syntax not supplied
    The server wants to be told in which form to give records; name one in record_syntaxes.
1072 never characters | query term includes characters that do not translate into the target character set
    The catalog cannot hold some characters of the term ({unknown}); set query_charset to what the partner uses.
1073 never - | database records do not contain data associated with access point
    No record of this database has anything in that index; leave the step out of the profile.
1074 later - | proxy failure
    A gateway between you and the catalog failed; ask again later, and tell its operator if it goes on.
"""
