// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/save_file.h"

class QMenu;

namespace plumbline {

class Page;

/// Everything a page shows, to be taken elsewhere: its tables as CSV, its charts as PNG and SVG, and all of it as a
/// picture.
QList<NamedBytes> exportsOf(Page& page);
/// Offers them one by one, to save and to copy, and all at once into a folder.
void fillExportMenu(QMenu& menu, Page& page);

} // namespace plumbline
