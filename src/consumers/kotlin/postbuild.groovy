def log = new File(basedir, 'build.log').text.normalize()
assert log.contains('''\
4 Connects spent on proposal-1 (a proposal's cost).
46 of 50 available, open: [proposal-1], waiting: null
1 consequences
was applied
''')

// A line that is wrong is refused for its null, and no other line is.
def wrong = new File(basedir, 'src/wrong/kotlin/Wrong.kt').readLines()
def expected = (1..wrong.size()).findAll { wrong[it - 1].endsWith('// wrong') } as Set
def errors = log.readLines().findAll { it =~ /^\[ERROR\] .*Wrong\.kt:/ }
def refused = errors.collect { (it =~ /Wrong\.kt:(\d+)/)[0][1] as int } as Set
assert refused == expected
assert errors.every { it =~ /non-null|\?>?', but '/ }
