/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the processor is doing when it is cut off: four components, of which one
 * is replaced, one new, one replaced elsewhere, and one removed.
 */
#ifndef TEST_CRASH_SCENARIO_H
#define TEST_CRASH_SCENARIO_H

#include "gateway.h"

#define CRASH_TA "8d82573a-926d-4754-9353-32dc29997f74.ta"

enum { CRASH_SCENARIOS = 6 };

/**
 * struct scenario - something that is cut off
 * @name: of it
 * @prepare: before
 * @act: what is cut off; true when it says that it worked
 * @uninstalled: the new state is that nothing is there
 * @backward: @act leads from the new to the old state
 * @confirming: @act changes nothing but that
 * @staging: @act changes nothing that is in use
 * @staged: something is staged already
 */
struct scenario {
	const char *name;
	void (*prepare)(void);
	bool (*act)(void);
	bool uninstalled;
	bool backward;
	bool confirming;
	bool staging;
	bool staged;
};

extern const struct scenario crash_scenario[CRASH_SCENARIOS];

/* Steps; true when they say that it worked. */
bool crash_install(void);
bool crash_confirm(void);
bool crash_uninstall(void);
bool crash_recover(void);

/* Forget everything but the keys. */
void crash_wipe(void);
/*
 * A letter for each component: o old, n new, '!' neither, '-' does not matter.
 * After an uninstallation the old are those that were new.
 */
const char *crash_look(bool uninstalled);
/* All that is there. */
const char *crash_list(void);

#endif /* TEST_CRASH_SCENARIO_H */
