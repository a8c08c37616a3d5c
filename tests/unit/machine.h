/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A device in memory that does everything the platform seam has, for trees of
 * manifests, and a trace of what it did: "fetch a/app #app, write b/1". Ids are
 * their segments joined by '/'.
 *
 * Authority "a" has key 1 and speaks for ['a'] and ['m', 'a'], and may name
 * dependencies in ['m', 'b']; "b" has key 2 and speaks for ['b'] and
 * ['m', 'b']; both speak for ['ab']; "two" needs the keys 3 and 4 and speaks for ['two']. Nobody
 * trusts key 9.
 */
#ifndef TEST_MACHINE_H
#define TEST_MACHINE_H

#include "opened.h"

enum { MACHINE_CELLS = 12, MACHINE_NODES = 12, MACHINE_PARAMS = 80 };

/**
 * struct cell - one component, or one resource of the network
 * @name: text of its id, or its URI; NULL: unused
 * @bytes: what it has; ptr NULL: nothing
 * @references: manifests besides the one that runs
 */
struct cell {
	const char *name;
	struct suit_slice bytes;
	u32 references;
};

/**
 * struct machine - the device
 * @storage: components
 * @network: resources
 * @floor: sequence number remembered of the manifests of @floor_owner
 * @floor_owner: name of the authority, or NULL
 * @floor_digest: of the manifest that had it, when not any will do
 * @now: time; @battery: mWh; @priority: the least urgent that may go on
 * @version: of every component
 * @events: wait events that hold, bits
 * @wait: what was waited for last
 * @effect: what was asked for last
 * @pending: so many ops are not ready yet
 * @failing: the name of an op that fails with @error
 * @trace: what was done
 * @records: the records, "path section+offset component command error"
 */
struct machine {
	struct cell storage[MACHINE_CELLS];
	struct cell network[MACHINE_CELLS];
	u64 floor;
	const char *floor_owner;
	struct suit_digest floor_digest;
	u64 now;
	u64 battery;
	s64 priority;
	struct suit_version version;
	u32 events;
	struct suit_wait wait;
	struct suit_effect effect;
	u32 pending;
	const char *failing;
	enum suit_error error;
	char trace[1024];
	char records[1024];
};

extern struct machine machine;
/* The ops, all there; a test may take some away until machine_reset(). */
extern struct suit_platform_ops machine_ops;
extern const struct suit_platform_ops machine_all_ops;
extern struct suit_trust machine_trust;
/* Of the last procedure. */
extern struct suit_process machine_process;
extern struct suit_node machine_node[MACHINE_NODES];

void machine_reset(void);
/* Component @name has @bytes. */
void machine_store(const char *name, struct suit_slice bytes);
void machine_publish(const char *uri, struct suit_slice bytes);
/* What a component has, NULL when it is not there. */
struct cell *machine_cell(const char *name);

/* An envelope of the manifest in notation, signed by these keys ("12"). */
struct suit_slice machine_sign(const char *keys, const char *manifest,
			       const char *members);
/* Its SUIT_Digest as a parameter, in notation. */
const char *machine_digest(struct suit_slice envelope);

/* Start a procedure; start it and run it once. */
enum suit_error machine_start(struct suit_slice envelope,
			      enum suit_procedure procedure);
enum suit_error machine_run(struct suit_slice envelope,
			    enum suit_procedure procedure);
/* Run @envelope as an update, expect this error and this trace. */
void machine_expect(struct suit_slice envelope, enum suit_procedure procedure,
		    enum suit_error error, const char *trace);

#endif /* TEST_MACHINE_H */
