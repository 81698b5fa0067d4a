// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

#include "ui/window_memory.h"

namespace plumbline {

/// Where the user puts a splitter it stands the next time.
inline void rememberSplitter(QSplitter& splitter, const QString& name, WindowMemory& memory)
{
    splitter.restoreState(memory.state(name));
    QObject::connect(&splitter, &QSplitter::splitterMoved, &splitter,
                     [&splitter, name, &memory] { memory.keepState(name, splitter.saveState()); });
}

} // namespace plumbline
