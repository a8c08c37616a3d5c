// SPDX-License-Identifier: GPL-2.0-or-later
#include "kept.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "place.h"
#include "policy.h"

enum { MAX_PATH = 4096 };

static void path_of(const struct daemon *daemon, const char *digest,
		    char out[MAX_PATH])
{
	snprintf(out, MAX_PATH, "%s/manifests/%s.suit",
		 daemon->config.state_dir, digest);
}

int kept_write(const struct daemon *daemon, const char *digest,
	       const struct sg_buf *envelope, struct sg_error *err)
{
	char path[MAX_PATH];

	path_of(daemon, digest, path);
	return sg_file_write(path, envelope->data, envelope->len, 0644, err);
}

void kept_remove(const struct daemon *daemon, const char *digest)
{
	char path[MAX_PATH];

	path_of(daemon, digest, path);
	unlink(path);
}

int kept_trust(const struct daemon *daemon, struct sg_state *out,
	       struct sg_error *err)
{
	if (!sg_state_collect(daemon->config.config_dir,
			      daemon->config.state_dir, out, err))
		return 0;
	sg_state_free(out);
	return -1;
}

static int put_floors(struct daemon *daemon, const struct sg_state *state,
		      struct sg_error *err)
{
	size_t i;

	for (i = 0; i < state->n; i++)
		if (state->item[i].kind == SG_STATE_FLOOR &&
		    store_floor_put(daemon->store, state->item[i].floor,
				    err) < 0)
			return -1;
	return 0;
}

static int take_from_gate(struct daemon *daemon, struct sg_error *err)
{
	struct sg_state state = { 0 };
	struct sg_gate *gate;
	int ret;

	if (!sg_gate_present())
		return 0;
	if (sg_gate_open(&gate, err) < 0)
		return -1;
	ret = sg_state_floors(gate, &state, err);
	if (!ret)
		ret = put_floors(daemon, &state, err);
	sg_state_free(&state);
	sg_gate_close(gate);
	return ret;
}

int kept_save_floors(struct daemon *daemon, struct sg_error *err)
{
	struct sg_state state = { 0 };
	struct sg_buf bytes = { 0 };
	char path[MAX_PATH];
	int ret = -1;

	snprintf(path, sizeof(path), "%s/floors.state",
		 daemon->config.state_dir);
	if (!take_from_gate(daemon, err) &&
	    !store_floors(daemon->store, &state, err) &&
	    !sg_state_encode(&state, &bytes, err))
		ret = sg_file_write(path, bytes.data, bytes.len, 0644, err);
	sg_buf_free(&bytes);
	sg_state_free(&state);
	return ret;
}

int kept_load_floors(struct daemon *daemon, struct sg_error *err)
{
	struct sg_state state;
	int ret;

	if (kept_trust(daemon, &state, err) < 0)
		return -1;
	ret = put_floors(daemon, &state, err);
	sg_state_free(&state);
	return ret ? ret : take_from_gate(daemon, err);
}

/* Is what is in the place of @component what @envelope speaks of? */
static bool in_place(const struct daemon *daemon, const struct sg_state *state,
		     const struct sg_buf *envelope, const char *component)
{
	const char *trust[256];
	struct sg_verify_request request = {
		.envelope = *envelope, .trust = trust, .component = component,
	};
	struct sg_verify_report report;
	char path[MAX_PATH + 256];
	struct sg_error ignored;
	size_t i;

	for (i = 0; i < state->n && request.n_trust < 256; i++)
		if (state->item[i].kind == SG_STATE_TRUST)
			trust[request.n_trust++] = state->item[i].origin;
	snprintf(path, sizeof(path), "%s/%s", daemon->config.firmware_dir,
		 place_name(component));
	request.payload = path;
	return sg_verify(&request, &report, &ignored) == 0;
}

/* The digest of the file is in the manifest; here only how long it is. */
static void measure(const struct daemon *daemon,
		    struct store_component *component)
{
	int fd = place_open(daemon->config.firmware_dir,
			    place_name(component->name));
	struct stat st;

	component->sha256[0] = '\0';
	if (fd >= 0 && fstat(fd, &st) == 0)
		component->size = (uint64_t)st.st_size;
	if (fd >= 0)
		close(fd);
}

static void rebuild_one(struct daemon *daemon, const struct sg_state *state,
			const struct sg_state_item *item)
{
	const struct sg_update_request request = {
		.envelope = item->bytes, .state = state,
	};
	struct store_component component, known;
	const struct sg_update_facts *facts;
	struct sg_update *update;
	struct sg_error err;
	size_t i;

	if (sg_update_begin(&request, &update, &err) < 0) {
		daemon_log(LOG_INFO, "%s: %s", item->origin, err.message);
		return;
	}
	facts = sg_update_facts(update);
	for (i = 0; i < facts->n_components; i++) {
		policy_describe(facts, &facts->component[i], &component);
		if (!place_name(component.name) ||
		    !in_place(daemon, state, &item->bytes, component.name))
			continue;
		if (store_component_confirmed(daemon->store, component.name,
					      &known, &err) == 1 &&
		    known.sequence_number > component.sequence_number)
			continue;
		measure(daemon, &component);
		if (store_component_put(daemon->store, &component, &err) < 0)
			daemon_log(LOG_ERR, "%s", err.message);
		else
			daemon_log(LOG_NOTICE, "%s is %s of %s", component.name,
				   component.version[0] ? component.version :
							  "a release",
				   component.authority);
	}
	sg_update_free(update);
}

int kept_rebuild(struct daemon *daemon, struct sg_error *err)
{
	struct sg_state state;
	size_t i, len = strlen(daemon->config.state_dir);

	if (kept_trust(daemon, &state, err) < 0)
		return -1;
	for (i = 0; i < state.n; i++)
		if (state.item[i].kind == SG_STATE_MANIFEST &&
		    state.item[i].origin &&
		    !strncmp(state.item[i].origin, daemon->config.state_dir,
			     len))
			rebuild_one(daemon, &state, &state.item[i]);
	sg_state_free(&state);
	return 0;
}
