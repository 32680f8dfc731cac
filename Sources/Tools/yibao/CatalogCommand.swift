import ArgumentParser

struct CatalogCommand: ParsableCommand {}
