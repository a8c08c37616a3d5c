// SPDX-License-Identifier: GPL-2.0-or-later
#include "manager_read.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate_link.h"
#include "gate_state.h"
#include "install.h"
#include "manager_idl.h"
#include "report.h"
#include "source.h"
#include "trial.h"

void manager_answered(sd_varlink *link, int r)
{
	if (r < 0)
		sd_varlink_close(link);
}

/* An error of ours that was sent is EBADR to libsystemd. */
static int answered(sd_varlink *link, int r)
{
	manager_answered(link, r == -EBADR ? 0 : r);
	return r;
}

int manager_fail(sd_varlink *link, const char *error, const char *message)
{
	char name[64];

	snprintf(name, sizeof(name), MANAGER ".%s", error);
	return answered(link, sd_varlink_errorbo(link, name,
		SD_JSON_BUILD_PAIR_STRING("message", message)));
}

int manager_fail_with(sd_varlink *link, const struct sg_error *err)
{
	if (!err->refused)
		return manager_fail(link, "Failed", err->message);
	return answered(link, sd_varlink_errorbo(link, MANAGER ".Refused",
		SD_JSON_BUILD_PAIR_STRING("code", err->code ? err->code :
							      "refused"),
		SD_JSON_BUILD_PAIR_STRING("message", err->message)));
}

const sd_json_dispatch_field manager_no_fields[] = { { 0 } };

static bool is_sealed(int fd)
{
	const int wanted = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;
	int seals = fcntl(fd, F_GET_SEALS);

	return seals >= 0 && (seals & wanted) == wanted;
}

int manager_read(const struct daemon *daemon, int fd, struct sg_buf *out,
		 struct sg_error *err)
{
	const uint64_t max = daemon->config.max_manifest;
	struct stat st;
	size_t at = 0;

	*out = (struct sg_buf){ 0 };
	if (fstat(fd, &st) < 0 || (uint64_t)st.st_size > max)
		return sg_fail(err, "the manifest has more than %" PRIu64 " bytes (MaxManifest in [Network])",
			       max);
	out->data = malloc((size_t)st.st_size + 1);
	if (!out->data)
		return sg_fail(err, "out of memory");
	out->len = (size_t)st.st_size;
	while (at < out->len) {
		ssize_t n = pread(fd, out->data + at, out->len - at,
				  (off_t)at);

		if (n <= 0) {
			sg_buf_free(out);
			return sg_fail(err, "cannot read the manifest");
		}
		at += (size_t)n;
	}
	return 0;
}

int manager_sealed(sd_varlink *link, unsigned int index)
{
	int fd = sd_varlink_take_fd(link, index);

	if (fd < 0) {
		manager_fail(link, "NotSealed", "there is no such file descriptor");
		return -1;
	}
	if (is_sealed(fd))
		return fd;
	close(fd);
	manager_fail(link, "NotSealed", "the file descriptor must be a memfd with the seals write, grow and shrink");
	return -1;
}

int manager_envelope(struct daemon *daemon, sd_varlink *link,
		     unsigned int index, struct sg_buf *out)
{
	int fd = manager_sealed(link, index);
	struct sg_error err;
	int ret;

	if (fd < 0)
		return -1;
	ret = manager_read(daemon, fd, out, &err);
	if (ret < 0)
		manager_fail_with(link, &err);
	close(fd);
	return ret;
}

/* Lists are built while the store is walked. */
struct list {
	struct daemon *daemon;
	struct sg_state floors;
	sd_json_variant *items;
};

static bool is_floor_of(const struct sg_gate_floor *floor,
			const struct store_component *c)
{
	char name[STORE_MAX_NAME];

	if (strcmp(floor->authority, c->authority))
		return false;
	sg_gate_component_text(floor->id, floor->id_len, name, sizeof(name));
	return !strcmp(name, c->name);
}

/*
 * The release below which all are refused: the one that was confirmed last, or
 * one that the gate knows of, without a version. 1, 0: none.
 */
static int find_floor(const struct list *list, const struct store_component *c,
		      struct store_component *out, struct sg_error *err)
{
	int ret = store_component_confirmed(list->daemon->store, c->name, out,
					    err);
	const struct sg_gate_floor *floor;
	size_t i;

	if (ret < 0)
		return -1;
	/* a floor is its authority's */
	if (!ret || strcmp(out->authority, c->authority))
		*out = (struct store_component){ .name = "" };
	for (i = 0; i < list->floors.n; i++) {
		floor = list->floors.item[i].floor;
		if (floor->sequence_number > out->sequence_number &&
		    is_floor_of(floor, c)) {
			out->sequence_number = floor->sequence_number;
			out->version[0] = '\0';
		}
	}
	return out->sequence_number > 0;
}

static int add_component(void *context, const struct store_component *c,
			 struct sg_error *err)
{
	struct list *list = context;
	struct store_component floor = { .name = "" };
	int has_floor = find_floor(list, c, &floor, err);
	struct config_component use =
		config_component(&list->daemon->config, c->name);
	const char *activation = config_activation_name(use.activation);

	if (has_floor < 0)
		return -1;
	if (sd_json_variant_append_arraybo(&list->items,
			SD_JSON_BUILD_PAIR_STRING("name", c->name),
			SD_JSON_BUILD_PAIR_CONDITION(!!use.title, "title",
				SD_JSON_BUILD_STRING(use.title)),
			SD_JSON_BUILD_PAIR_CONDITION(!!use.vendor, "vendorName",
				SD_JSON_BUILD_STRING(use.vendor)),
			SD_JSON_BUILD_PAIR_STRING("version", c->version),
			SD_JSON_BUILD_PAIR_STRING("authority", c->authority),
			SD_JSON_BUILD_PAIR_UNSIGNED("sequenceNumber",
						    c->sequence_number),
			SD_JSON_BUILD_PAIR_CONDITION(has_floor, "floor",
				SD_JSON_BUILD_UNSIGNED(floor.sequence_number)),
			SD_JSON_BUILD_PAIR_CONDITION(!!floor.version[0],
						     "floorVersion",
				SD_JSON_BUILD_STRING(floor.version)),
			SD_JSON_BUILD_PAIR_STRING("manifest", c->manifest),
			SD_JSON_BUILD_PAIR_STRING("vendorId", c->vendor),
			SD_JSON_BUILD_PAIR_STRING("classId", c->class_id),
			SD_JSON_BUILD_PAIR_STRING("sha256", c->sha256),
			SD_JSON_BUILD_PAIR_UNSIGNED("size", c->size),
			SD_JSON_BUILD_PAIR_BOOLEAN("confirmed", c->confirmed),
			SD_JSON_BUILD_PAIR_STRING("activation",
						  activation)) >= 0)
		return 0;
	return sg_fail(err, "out of memory");
}

/* Answer { @name: list }. */
static int reply_list(sd_varlink *link, const char *name, struct list *list,
		      int ret, const struct sg_error *err)
{
	if (ret < 0)
		ret = manager_fail_with(link, err);
	else if (!list->items)
		ret = sd_varlink_replybo(link,
			SD_JSON_BUILD_PAIR(name, SD_JSON_BUILD_EMPTY_ARRAY));
	else
		ret = sd_varlink_replybo(link,
			SD_JSON_BUILD_PAIR_VARIANT(name, list->items));
	sd_json_variant_unref(list->items);
	return ret;
}

MANAGER_METHOD(manager_list_components)
{
	struct list list = { .daemon = userdata };
	struct sg_error err;
	int ret;

	(void)flags;
	ret = sd_varlink_dispatch(link, parameters, manager_no_fields, NULL);
	if (ret)
		return ret;
	ret = store_floors(list.daemon->store, &list.floors, &err);
	if (!ret)
		ret = store_components(list.daemon->store, add_component, &list,
				       &err);
	sg_state_free(&list.floors);
	return reply_list(link, "components", &list, ret, &err);
}

static int count_component(void *context, const struct store_component *c,
			   struct sg_error *err)
{
	(void)c;
	(void)err;
	++*(uint64_t *)context;
	return 0;
}

MANAGER_METHOD(manager_status)
{
	struct daemon *daemon = userdata;
	uint64_t components = 0, trials = 0;
	struct sg_gate_info gate = { 0 };
	const struct trial *trial;
	struct sg_error err;
	const char *mode;
	int ret;

	(void)flags;
	ret = sd_varlink_dispatch(link, parameters, manager_no_fields, NULL);
	if (ret)
		return ret;
	if (store_components(daemon->store, count_component, &components,
			     &err) < 0)
		return manager_fail_with(link, &err);
	for (trial = daemon->trial; trial; trial = trial->next)
		trials++;
	if (daemon->watch && gate_link_info(&gate, &err) < 0)
		return manager_fail_with(link, &err);
	mode = sg_gate_mode_name(gate.mode);
	return sd_varlink_replybo(link,
		SD_JSON_BUILD_PAIR_STRING("version", SUITGATE_VERSION),
		SD_JSON_BUILD_PAIR_BOOLEAN("busy", !!daemon->install),
		SD_JSON_BUILD_PAIR_BOOLEAN("gate", !!daemon->watch),
		SD_JSON_BUILD_PAIR_CONDITION(!!mode, "mode",
				SD_JSON_BUILD_STRING(mode)),
		SD_JSON_BUILD_PAIR_BOOLEAN("sealed", gate.sealed),
		SD_JSON_BUILD_PAIR_BOOLEAN("anchored", daemon->anchored),
		SD_JSON_BUILD_PAIR_UNSIGNED("sources", source_count(daemon)),
		SD_JSON_BUILD_PAIR_UNSIGNED("components", components),
		SD_JSON_BUILD_PAIR_UNSIGNED("trials", trials));
}

static int add_report(void *context, const struct store_report *report,
		      struct sg_error *err)
{
	struct list *list = context;
	sd_json_variant *json = NULL;
	int r = report_json(report, &json);

	if (r >= 0)
		r = sd_json_variant_append_array(&list->items, json);
	sd_json_variant_unref(json);
	return r < 0 ? sg_fail(err, "out of memory") : 0;
}

MANAGER_METHOD(manager_list_reports)
{
	struct list list = { .daemon = userdata };
	struct sg_error err;
	int ret;

	(void)flags;
	ret = sd_varlink_dispatch(link, parameters, manager_no_fields, NULL);
	if (ret)
		return ret;
	ret = store_reports(list.daemon->store, 0, false, add_report, &list,
			    &err);
	return reply_list(link, "reports", &list, ret, &err);
}

MANAGER_METHOD(manager_get_report)
{
	static const sd_json_dispatch_field fields[] = {
		{ "number", SD_JSON_VARIANT_INTEGER, sd_json_dispatch_int64, 0,
		  SD_JSON_MANDATORY },
		{ 0 }
	};
	struct list list = { .daemon = userdata };
	struct sg_error err;
	int64_t number = 0;
	int ret;

	(void)flags;
	ret = sd_varlink_dispatch(link, parameters, fields, &number);
	if (ret)
		return ret;
	if (number > 0 && store_reports(list.daemon->store, number, false,
					add_report, &list, &err) < 0)
		return manager_fail_with(link, &err);
	if (!list.items)
		return manager_fail(link, "NotFound", "there is no report of that number");
	ret = sd_varlink_replybo(link,
		SD_JSON_BUILD_PAIR_VARIANT("report",
			sd_json_variant_by_index(list.items, 0)));
	sd_json_variant_unref(list.items);
	return ret;
}

MANAGER_METHOD(manager_subscribe)
{
	struct daemon *daemon = userdata;
	sd_varlink **more;
	int ret;

	(void)flags;
	ret = sd_varlink_dispatch(link, parameters, manager_no_fields, NULL);
	if (ret)
		return ret;
	more = reallocarray(daemon->subscriber, daemon->n_subscribers + 1,
			    sizeof(sd_varlink *));
	if (!more)
		return -ENOMEM;
	daemon->subscriber = more;
	more[daemon->n_subscribers++] = sd_varlink_ref(link);
	ret = gate_state_follow(daemon);
	if (ret < 0)
		return ret;
	return sd_varlink_notifybo(link,
		SD_JSON_BUILD_PAIR_BOOLEAN("changed", false));
}
