/** A host that is a module. */
module shop {
  requires io.github.allotment;
}
