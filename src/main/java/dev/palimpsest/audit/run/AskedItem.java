package dev.palimpsest.audit.run;

import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.suite.Item;

/** An item as an arm is asked it, and the suite that it counts for. */
record AskedItem(PlannedSuite suite, Item item) {}
