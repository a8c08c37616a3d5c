/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text of the interface: varlinkctl introspect shows it.
 */
#ifndef DAEMON_MANAGER_IDL_H
#define DAEMON_MANAGER_IDL_H

#include <systemd/sd-varlink-idl.h>

#define MANAGER "io.suitgate.Manager"

extern const sd_varlink_interface vl_interface_io_suitgate_Manager;

#endif /* DAEMON_MANAGER_IDL_H */
