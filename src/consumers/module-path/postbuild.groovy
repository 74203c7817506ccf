def log = new File(basedir, 'build.log').text.normalize()
for (java in [17, 25]) {
  assert log.contains("""\
Java ${java}, module io.github.allotment
4 Connects spent on proposal-1 (a proposal's cost).
46 of 50 available
""")
}
