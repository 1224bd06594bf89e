package dev.palimpsest.web;

/**
 * A link that filters a list, with how much it leaves.
 *
 * @param label what it shows
 * @param count rows it leaves
 * @param url its address
 * @param active whether it is what is shown now
 */
public record Tab(String label, int count, String url, boolean active) {}
