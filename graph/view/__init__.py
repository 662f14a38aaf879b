"""The HTML view: one file that opens offline and shows, searches and explains a build.

`style` says how kinds and relations look, `picture` fills a pyvis network with coordinates, `data` packs everything the
page knows, `page` puts it into our own template with vis-network, script and style inline.
"""
