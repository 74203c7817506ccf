assert new File(basedir, 'build.log').text.normalize().contains('''\
Java 25
ALLOTMENT of 10 under 0 limits; BONUS of 40 under 0 limits
charged 4 for proposal-1
~lot 1 with 6
+claim proposal-1
+event event-1
~standing 4
event-1 was applied
60 above 46 of AVAILABLE
at 2021-08-01T00:00:00Z
2021-07-01T00:00:00Z renewal on basic
opening, by day 31
opening, by day 31
forfeit above 140
allot FULL
BONUS of 1 lines, after PT0S
Proposal submitted the event's amount
end SUBJECT, NOTHING
archiving a proposal returns nothing and does not end it
end GROUP, ALL
end GROUP, NOTHING
PURCHASE of 1 lines, after PT0S
switch to plan NEXT_RENEWAL
''')
