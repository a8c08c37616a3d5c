// SPDX-License-Identifier: GPL-2.0-or-later
#include "floors.h"

#include <stdio.h>
#include <string.h>
#include <syslog.h>

#include "device_key.h"

enum { MAX_PATH = 4096 };

/**
 * struct anchored - the file, opened
 * @path: of it
 * @key: of the device
 * @tpm: NULL when there is none, or it shall not be used
 * @anchor: in it
 * @store: floors
 */
struct anchored {
	char path[MAX_PATH];
	char key[MAX_PATH];
	struct sg_tpm *tpm;
	struct sg_anchor anchor;
	struct sg_floor_store *store;
};

static int open_tpm(const struct config *config, struct anchored *anchored,
		    struct sg_error *err)
{
	const char *tcti = config->tpm;

	if (!strcmp(tcti, CONFIG_TPM_NONE) ||
	    (!strcmp(tcti, CONFIG_TPM_AUTO) && !sg_tpm_present()))
		return 0;
	return sg_tpm_open(strcmp(tcti, CONFIG_TPM_AUTO) ? tcti : NULL, NULL,
			   &anchored->tpm, &anchored->anchor, err);
}

static void close_anchored(struct anchored *anchored)
{
	sg_floor_store_close(anchored->store);
	sg_tpm_close(anchored->tpm);
}

static int open_anchored(struct daemon *daemon, struct anchored *out,
			 struct sg_error *err)
{
	const struct sg_floor_request request = {
		.path = out->path, .key = out->key, .anchor = &out->anchor,
	};
	const struct sg_floor_request no_counter = {
		.path = out->path, .key = out->key,
	};
	struct sg_floor_status status;

	*out = (struct anchored){ .tpm = NULL };
	snprintf(out->path, sizeof(out->path), "%s/floors.signed",
		 daemon->config.state_dir);
	if (device_key_path(&daemon->config, out->key, err) < 0 ||
	    open_tpm(&daemon->config, out, err) < 0)
		return -1;
	if (sg_floor_store_open(out->tpm ? &request : &no_counter, &out->store,
				err) < 0) {
		close_anchored(out);
		return -1;
	}
	sg_floor_store_status(out->store, &status);
	daemon->anchored = status.anchored;
	if (status.completed)
		daemon_log(LOG_NOTICE, "the power had failed while floors were raised: that is completed");
	return 0;
}

static int put(struct daemon *daemon, const struct sg_state *state,
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
		ret = put(daemon, &state, err);
	sg_state_free(&state);
	sg_gate_close(gate);
	return ret;
}

static int load(struct daemon *daemon, const struct anchored *anchored,
		struct sg_error *err)
{
	struct sg_state state;
	int ret;

	if (put(daemon, sg_floor_store_get(anchored->store), err) < 0 ||
	    sg_state_collect_rules(daemon->config.config_dir,
				   daemon->config.state_dir, &state, err) < 0)
		return -1;
	ret = put(daemon, &state, err);
	sg_state_free(&state);
	return ret ? ret : take_from_gate(daemon, err);
}

static int save(struct daemon *daemon, const struct anchored *anchored,
		struct sg_error *err)
{
	struct sg_state state = { 0 };
	int ret = store_floors(daemon->store, &state, err);

	if (!ret && state.n)
		ret = sg_floor_store_put(anchored->store, &state, err);
	sg_state_free(&state);
	return ret;
}

int floors_load(struct daemon *daemon, struct sg_error *err)
{
	struct anchored anchored;
	int ret;

	if (open_anchored(daemon, &anchored, err) < 0)
		return -1;
	ret = load(daemon, &anchored, err);
	/* what was confirmed when the power failed may not be in the file */
	if (!ret)
		ret = save(daemon, &anchored, err);
	close_anchored(&anchored);
	return ret;
}

int floors_save(struct daemon *daemon, struct sg_error *err)
{
	struct anchored anchored;
	int ret;

	if (take_from_gate(daemon, err) < 0 ||
	    open_anchored(daemon, &anchored, err) < 0)
		return -1;
	ret = save(daemon, &anchored, err);
	close_anchored(&anchored);
	return ret;
}
