/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Prototypes of kernel functions, from the running kernel's own type
 * information, as text: "i8(p,i8,p,i8,p,e4)": what it returns and takes, i
 * integer, p pointer, e enum, v nothing, s structure, each with its size.
 */
#ifndef SUITGATE_BTF_H
#define SUITGATE_BTF_H

/**
 * struct suit_prototype - what a function must look like
 * @name: function
 * @is: its prototype
 */
struct suit_prototype {
	const char *name;
	const char *is;
};

/*
 * Are all functions what they were when the module was written? -ENOEXEC when
 * one is not, -ENODATA when the kernel does not say (no CONFIG_DEBUG_INFO_BTF,
 * or no sysfs).
 */
int suit_btf_check(const struct suit_prototype *want, unsigned int n);

#endif /* SUITGATE_BTF_H */
