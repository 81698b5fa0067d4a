// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing of its own: the libraries that it is compiled for keep headers that were read already.
