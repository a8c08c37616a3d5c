// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config_line.h"
#include "config_value.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	DAY = 86400,
	DEFAULT_INTERVAL = 6 * 3600,
	DEFAULT_DEADLINE = 300,
	DEFAULT_BOOTS = 3,
	DEFAULT_STALL = 30,
	DEFAULT_RETRIES = 5,
	DEFAULT_SPOOL = 256,
	MAX_ENVELOPE = 64 << 20,
	MAX_SECTIONS = 4096,
};

static const char *const activations[] = {
	"none", "rebind", "reload", "reboot", NULL
};
static const char *const healths[] = {
	"delivered", "bound", "command", "manual", NULL
};

static const char *const forms[] = { "suit-report", "eat", NULL };

#define ROW(type, object, key, member, ...) \
	{ key, CONFIG_##type, offsetof(struct object, member), __VA_ARGS__ }

static const struct config_row daemon_rows[] = {
	ROW(PATH, config, "ConfigDirectory", config_dir, 0, 0, NULL),
	ROW(PATH, config, "Socket", socket, 0, 0, NULL),
	ROW(PATH, config, "StateDirectory", state_dir, 0, 0, NULL),
	ROW(PATH, config, "FirmwareDirectory", firmware_dir, 0, 0, NULL),
	ROW(TEXT, config, "Tpm", tpm, 0, 0, NULL),
};

static const struct config_row network_rows[] = {
	ROW(TEXT, config, "Proxy", proxy, 0, 0, NULL),
	ROW(PATH, config, "CaFile", ca_file, 0, 0, NULL),
	ROW(WORDS, config, "RedirectHosts", redirect_hosts, 0, 0, NULL),
	ROW(BOOL, config, "AllowHttp", allow_http, 0, 0, NULL),
	ROW(DURATION, config, "StallTimeout", stall_s, 1, 3600, NULL),
	ROW(COUNT, config, "Retries", retries, 0, 100, NULL),
	ROW(BYTES, config, "MaxManifest", max_manifest, 1024, MAX_ENVELOPE,
	    NULL),
};

static const struct config_row report_rows[] = {
	ROW(URL, config, "Url", report_url, 0, 0, NULL),
	ROW(CHOICE, config, "Form", report_form, 0, 0, forms),
	ROW(PATH, config, "Reader", report_reader, 0, 0, NULL),
	ROW(COUNT, config, "Spool", report_spool, 1, 65536, NULL),
};

static const struct config_row source_rows[] = {
	ROW(URL, config_source, "Url", url, 0, 0, NULL),
	ROW(PATH, config_source, "Directory", directory, 0, 0, NULL),
	ROW(DURATION, config_source, "Interval", interval_s, 60, 365 * DAY,
	    NULL),
};

static const struct config_row component_rows[] = {
	ROW(TEXT, config_component, "Title", title, 0, 0, NULL),
	ROW(TEXT, config_component, "Vendor", vendor, 0, 0, NULL),
	ROW(TEXT, config_component, "Device", device, 0, 0, NULL),
	ROW(TEXT, config_component, "Module", module, 0, 0, NULL),
	ROW(WORDS, config_component, "Command", command, 0, 0, NULL),
	ROW(CHOICE, config_component, "Activation", activation, 0, 0,
	    activations),
	ROW(CHOICE, config_component, "Health", health, 0, 0, healths),
	ROW(DURATION, config_component, "Deadline", deadline_s, 1, 7 * DAY,
	    NULL),
	ROW(COUNT, config_component, "Boots", boots, 1, 100, NULL),
};

/* What a section is about: the one configuration, or one of many. */
enum subject { THE_CONFIG, A_SOURCE, A_COMPONENT };

static const struct section {
	const char *name;
	enum subject subject;
	const struct config_row *row;
	size_t n;
} sections[] = {
	{ "Daemon", THE_CONFIG, daemon_rows, COUNT(daemon_rows) },
	{ "Network", THE_CONFIG, network_rows, COUNT(network_rows) },
	{ "Report", THE_CONFIG, report_rows, COUNT(report_rows) },
	{ "Source", A_SOURCE, source_rows, COUNT(source_rows) },
	{ "Component", A_COMPONENT, component_rows, COUNT(component_rows) },
};

static const struct section *find_section(const char *name)
{
	size_t i;

	for (i = 0; i < COUNT(sections); i++)
		if (!strcmp(sections[i].name, name))
			return &sections[i];
	return NULL;
}

/* Room for one more at the end of an array. */
static void *grow(void *array, size_t n, size_t size, struct sg_error *err)
{
	void *more = NULL;

	if (n < MAX_SECTIONS)
		more = reallocarray(array, n + 1, size);
	if (!more)
		sg_fail(err, "too many sections");
	return more;
}

static struct config_source *source_of(struct config *config, const char *name,
				       struct sg_error *err)
{
	struct config_source *source;
	size_t i;

	for (i = 0; i < config->n_sources; i++)
		if (!strcmp(config->source[i].name, name))
			return &config->source[i];
	source = grow(config->source, config->n_sources, sizeof(*source), err);
	if (!source)
		return NULL;
	config->source = source;
	source += config->n_sources;
	*source = (struct config_source){
		.name = strdup(name), .interval_s = DEFAULT_INTERVAL,
	};
	if (!source->name) {
		sg_fail(err, "out of memory");
		return NULL;
	}
	config->n_sources++;
	return source;
}

static struct config_component *component_of(struct config *config,
					     const char *name,
					     struct sg_error *err)
{
	struct config_component *component;
	size_t i;

	for (i = 0; i < config->n_components; i++)
		if (!strcmp(config->component[i].name, name))
			return &config->component[i];
	component = grow(config->component, config->n_components,
			 sizeof(*component), err);
	if (!component)
		return NULL;
	config->component = component;
	component += config->n_components;
	*component = (struct config_component){
		.name = strdup(name), .deadline_s = DEFAULT_DEADLINE,
		.boots = DEFAULT_BOOTS,
	};
	if (!component->name) {
		sg_fail(err, "out of memory");
		return NULL;
	}
	config->n_components++;
	return component;
}

/* The object that a section is about, made when it is new. */
static void *object_of(struct config *config, const struct section *section,
		       const char *name, struct sg_error *err)
{
	if ((section->subject == THE_CONFIG) != !*name) {
		sg_fail(err, *name ? "[%s] has no name" :
				     "[%s NAME] needs a name", section->name);
		return NULL;
	}
	switch (section->subject) {
	case A_SOURCE:
		return source_of(config, name, err);
	case A_COMPONENT:
		return component_of(config, name, err);
	default:
		return config;
	}
}

static int take_line(const struct config_line *line, void *context,
		     struct sg_error *err)
{
	const struct section *section = find_section(line->section);
	void *object;
	size_t i;

	if (!*line->section)
		return sg_fail(err, "%s: expected a section first, for example [Daemon]",
			       line->key);
	if (!section)
		return sg_fail(err, "[%s]: no such section", line->section);
	object = object_of(context, section, line->name, err);
	if (!object)
		return -1;
	if (!line->key)
		return 0;
	for (i = 0; i < section->n; i++)
		if (!strcmp(section->row[i].key, line->key))
			return config_value_set(&section->row[i], line->value,
						object, err);
	return sg_fail(err, "%s: no such key in [%s]", line->key,
		       section->name);
}

static int is_drop_in(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return entry->d_name[0] != '.' && len > 5 &&
	       !strcmp(entry->d_name + len - 5, ".conf");
}

static int read_drop_ins(const char *path, struct config *config,
			 struct sg_error *err)
{
	char folder[4096], file[8192];
	struct dirent **entry;
	int i, n, ret = 0;

	snprintf(folder, sizeof(folder), "%s.d", path);
	n = scandir(folder, &entry, is_drop_in, alphasort);
	if (n < 0)
		return errno == ENOENT ? 0 :
		       sg_fail(err, "cannot read %s: %m", folder);
	for (i = 0; i < n; i++) {
		snprintf(file, sizeof(file), "%s/%s", folder,
			 entry[i]->d_name);
		if (!ret)
			ret = config_lines(file, take_line, config, err);
		free(entry[i]);
	}
	free(entry);
	return ret;
}

/* What only the whole can tell. */
static int check(const struct config *config, struct sg_error *err)
{
	size_t i;

	if (!config->config_dir || !config->state_dir || !config->socket ||
	    !config->firmware_dir || !config->tpm)
		return sg_fail(err, "[Daemon]: a directory, the TPM or the socket is empty");
	for (i = 0; i < config->n_sources; i++) {
		const struct config_source *source = &config->source[i];

		if (!source->url == !source->directory)
			return sg_fail(err, "[Source %s]: expected either Url or Directory",
				       source->name);
		if (source->url && !config->allow_http &&
		    !strncmp(source->url, "http:", 5))
			return sg_fail(err, "[Source %s]: Url is http: use https, or say AllowHttp=yes in [Network]",
				       source->name);
	}
	for (i = 0; i < config->n_components; i++) {
		const struct config_component *c = &config->component[i];

		if (c->activation == ACTIVATION_REBIND && !c->device)
			return sg_fail(err, "[Component %s]: Activation=rebind needs Device",
				       c->name);
		if (c->activation == ACTIVATION_RELOAD && !c->module)
			return sg_fail(err, "[Component %s]: Activation=reload needs Module",
				       c->name);
		if (c->health == HEALTH_BOUND && !c->device)
			return sg_fail(err, "[Component %s]: Health=bound needs Device",
				       c->name);
		if (c->health == HEALTH_COMMAND &&
		    (!c->command || !c->command[0] || *c->command[0] != '/'))
			return sg_fail(err, "[Component %s]: Health=command needs Command, beginning with an absolute path",
				       c->name);
	}
	return 0;
}

static int set_defaults(struct config *config, struct sg_error *err)
{
	*config = (struct config){
		.config_dir = strdup(SG_CONFIG_DIR),
		.state_dir = strdup(SG_STATE_DIR),
		.socket = strdup(CONFIG_SOCKET),
		.firmware_dir = strdup("/lib/firmware/updates"),
		.tpm = strdup(CONFIG_TPM_AUTO),
		.report_spool = DEFAULT_SPOOL,
		.stall_s = DEFAULT_STALL,
		.retries = DEFAULT_RETRIES,
		.max_manifest = MAX_ENVELOPE,
	};
	if (config->config_dir && config->state_dir && config->socket &&
	    config->firmware_dir && config->tpm)
		return 0;
	return sg_fail(err, "out of memory");
}

int config_read(const char *path, struct config *out, struct sg_error *err)
{
	if (!set_defaults(out, err) &&
	    !config_lines(path, take_line, out, err) &&
	    !read_drop_ins(path, out, err) && !check(out, err))
		return 0;
	config_free(out);
	return -1;
}

void config_free(struct config *config)
{
	size_t i;

	for (i = 0; i < config->n_sources; i++) {
		free(config->source[i].name);
		config_value_free(source_rows, COUNT(source_rows),
				  &config->source[i]);
	}
	for (i = 0; i < config->n_components; i++) {
		free(config->component[i].name);
		config_value_free(component_rows, COUNT(component_rows),
				  &config->component[i]);
	}
	free(config->source);
	free(config->component);
	config_value_free(daemon_rows, COUNT(daemon_rows), config);
	config_value_free(network_rows, COUNT(network_rows), config);
	config_value_free(report_rows, COUNT(report_rows), config);
	*config = (struct config){ 0 };
}

struct config_component config_component(const struct config *config,
					 const char *component)
{
	size_t i;

	for (i = 0; i < config->n_components; i++)
		if (!strcmp(config->component[i].name, component))
			return config->component[i];
	return (struct config_component){
		.deadline_s = DEFAULT_DEADLINE, .boots = DEFAULT_BOOTS,
	};
}

const char *config_activation_name(unsigned int activation)
{
	return activation < COUNT(activations) - 1 ? activations[activation] :
						     NULL;
}

const char *config_health_name(unsigned int health)
{
	return health < COUNT(healths) - 1 ? healths[health] : NULL;
}
