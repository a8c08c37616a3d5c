/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Configuration of suitgated: /etc/suitgate/suitgated.conf, then drop-ins
 * /etc/suitgate/suitgated.conf.d/NAME.conf by name. A later value of a key
 * replaces an earlier one; a section of the same name continues.
 */
#ifndef DAEMON_CONFIG_H
#define DAEMON_CONFIG_H

#include "suitgate.h"

#define CONFIG_FILE SG_CONFIG_DIR "/suitgated.conf"
#define CONFIG_SOCKET "/run/suitgate/io.suitgate.Manager"

#define CONFIG_TPM_AUTO "auto"	/* if there is one */
#define CONFIG_TPM_NONE "none"

/* How the driver gets to use new firmware. */
enum activation {
	ACTIVATION_NONE,	/* at its next request */
	ACTIVATION_REBIND,	/* unbind and bind the device */
	ACTIVATION_RELOAD,	/* remove and load the kernel module */
	ACTIVATION_REBOOT,	/* at the next boot */
};

/* How it is known that new firmware works. */
enum health {
	HEALTH_DELIVERED,	/* the gate delivered it */
	HEALTH_BOUND,		/* and the device has a driver */
	HEALTH_COMMAND,		/* a command exits with 0 */
	HEALTH_MANUAL,		/* somebody says so: suitctl confirm */
};

/* What is kept, and sent, of what a manifest came to. */
enum report_form {
	REPORT_SUIT,		/* the SUIT_Report, signed */
	REPORT_EAT,		/* a token with it inside */
};

/**
 * struct config_source - where manifests come from
 * @name: of its section
 * @url: of a manifest, https or http; or
 * @directory: folder with NAME.suit
 * @interval_s: seconds between looks
 */
struct config_source {
	char *name;
	char *url;
	char *directory;
	uint64_t interval_s;
};

/**
 * struct config_component - how one component is put to use
 * @name: "firmware/acme/radio.bin"
 * @title: for people
 * @vendor: whose it is, for people
 * @device: "pci/0000:00:03.0", below /sys/bus/BUS/devices
 * @module: kernel module, for ACTIVATION_RELOAD
 * @command: absolute path and arguments, for HEALTH_COMMAND
 * @deadline_s: seconds within which it must have become healthy
 * @boots: after so many boots without being healthy the old one comes back
 */
struct config_component {
	char *name;
	char *title;
	char *vendor;
	char *device;
	char *module;
	char **command;
	unsigned int activation;
	unsigned int health;
	uint64_t deadline_s;
	uint64_t boots;
};

/**
 * struct config - all of it
 * @config_dir: trust.d and identity of this gateway
 * @state_dir: database, store, floors
 * @socket: where clients connect
 * @firmware_dir: where firmware is installed
 * @tpm: how to reach the TPM, or one of CONFIG_TPM_*
 * @report_url: where reports are sent; NULL: they are kept only
 * @report_form: enum report_form
 * @report_reader: public key of who may read reports; NULL: everybody
 * @report_spool: how many wait for a server that does not answer
 * @proxy: of HTTP; NULL: as the environment says
 * @ca_file: certificates to believe instead of the system's
 * @redirect_hosts: hosts besides the origin's to which it may redirect
 * @allow_http: without TLS too
 * @stall_s: seconds without a byte after which a transfer is given up
 * @retries: how often a transfer is tried again
 * @max_manifest: bytes of an envelope, at most
 */
struct config {
	char *config_dir;
	char *state_dir;
	char *socket;
	char *firmware_dir;
	char *tpm;
	char *report_url;
	unsigned int report_form;
	char *report_reader;
	uint64_t report_spool;
	char *proxy;
	char *ca_file;
	char **redirect_hosts;
	bool allow_http;
	uint64_t stall_s;
	uint64_t retries;
	uint64_t max_manifest;
	struct config_source *source;
	size_t n_sources;
	struct config_component *component;
	size_t n_components;
};

/**
 * config_read() - read a file and its drop-ins
 * @path: CONFIG_FILE; a file that is missing is empty
 * @out: freed by config_free()
 * @err: names file, line and key
 *
 * Return: 0 or -1.
 */
int config_read(const char *path, struct config *out, struct sg_error *err);
/* A zeroed one is fine. */
void config_free(struct config *config);
/* How @component is to be used; defaults when no section names it. */
struct config_component config_component(const struct config *config,
					 const char *component);

const char *config_activation_name(unsigned int activation);
const char *config_health_name(unsigned int health);

#endif /* DAEMON_CONFIG_H */
