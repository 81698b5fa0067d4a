// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>

class QIODevice;
class QWidget;

namespace plumbline {

/// What `write` writes in place of what was there, whole or not at all; `write` says whether all went well. Empty, or
/// why not. Any thread.
QString saveThrough(const QString& path, const std::function<bool(QIODevice&)>& write);
QString saveBytes(const QString& path, const QByteArray& bytes);

/// Asks where to, beginning with `name`, and writes all of `bytes` or nothing. Says so if it did not work.
void askAndSave(QWidget* asker, const QString& title, const QString& name, const QByteArray& bytes);

struct NamedBytes
{
    QString name = {};
    QByteArray bytes = {};
};

/// Asks for a folder, and whether files of these names there may be replaced; writes them all. Says what did not work.
void askAndSaveAll(QWidget* asker, const QString& title, const QList<NamedBytes>& files);
/// Writes each file whole or not at all. Empty, or the first that could not be written and why.
QString saveAll(const QString& folder, const QList<NamedBytes>& files);

/// `top-features` of `Top features`: a name for a file on any system.
QString fileName(const QString& title);

} // namespace plumbline
