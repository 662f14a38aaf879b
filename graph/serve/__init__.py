"""A read-only SPARQL endpoint over a build or any RDF files, with a query page and a search API, for one machine."""
