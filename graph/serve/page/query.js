// The query page: YASGUI, set up to ask this server and nobody else.
"use strict";

const endpoint = `${location.origin}/sparql`;
const { Yasqe } = Yasgui;

Yasqe.defaults.value = `PREFIX atlas: <https://w3id.org/linkatlas/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?tool ?name {
  ?tool a atlas:Tool ; skos:prefLabel ?name .
}
ORDER BY ?name
LIMIT 100
`;
Yasqe.defaults.prefixCcApi = "/api/prefixes"; // those of the data, not those of a site
Yasqe.defaults.autocompleters = ["prefixes", "variables"]; // the others ask a site

document.getElementById("endpoint").textContent = endpoint;
new Yasgui(document.getElementById("queries"), {
  requestConfig: { endpoint },
  copyEndpointOnNewTab: true,
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  persistenceId: "linkatlas",
});
document.documentElement.dataset.ready = "all";
