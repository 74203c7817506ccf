def java = System.getProperty('java.specification.version')
assert new File(basedir, 'build.log').text.normalize().contains("""\
Java ${java}, module io.github.allotment
4 Connects spent on proposal-1 (a proposal's cost).
46 of 50 available
""")
