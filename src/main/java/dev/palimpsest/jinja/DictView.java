package dev.palimpsest.jinja;

import java.util.List;

/**
 * What keys(), values() and items() of a dict give: it can be walked and counted, not indexed.
 *
 * @param typeName "dict_keys", "dict_values" or "dict_items"
 * @param items what it shows
 */
record DictView(String typeName, List<Object> items) implements Instance {}
