// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

class QWidget;

namespace plumbline {

/// Asks where to, beginning with `name`, and writes all of `bytes` or nothing. Says so if it did not work.
void askAndSave(QWidget* asker, const QString& title, const QString& name, const QByteArray& bytes);

} // namespace plumbline
