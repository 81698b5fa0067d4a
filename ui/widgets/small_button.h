// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QLayout;
class QPushButton;

namespace plumbline {

/// A button of an editor, put at the end of `row`; `name` says in full what it does.
QPushButton* smallButton(const QString& text, const QString& name, QLayout& row);

} // namespace plumbline
