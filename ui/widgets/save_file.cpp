// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/save_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSaveFile>

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(SaveFile)
};

void tell(QWidget* asker, const QString& title, const QString& what)
{
    if (what.isEmpty())
        return;
    auto* box = new QMessageBox(QMessageBox::Warning, title, what, QMessageBox::Close, asker);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace

QString saveThrough(const QString& path, const std::function<bool(QIODevice&)>& write)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && write(file) && file.commit())
        return {};
    return Texts::tr("%1 could not be written: %2").arg(path, file.errorString());
}

QString saveBytes(const QString& path, const QByteArray& bytes)
{
    return saveThrough(path, [&](QIODevice& file) { return file.write(bytes) == bytes.size(); });
}

void askAndSave(QWidget* asker, const QString& title, const QString& name, const QByteArray& bytes)
{
    const QString suffix = QFileInfo(name).suffix();
    const QString path = QFileDialog::getSaveFileName(asker, title, name, u"%1 (*.%2)"_s.arg(suffix.toUpper(), suffix));
    if (!path.isEmpty())
        tell(asker, title, saveBytes(path, bytes));
}

void askAndSaveAll(QWidget* asker, const QString& title, const QList<NamedBytes>& files)
{
    const QString folder = QFileDialog::getExistingDirectory(asker, title);
    if (folder.isEmpty())
        return;
    QStringList there;
    for (const NamedBytes& file : files)
        if (QFileInfo::exists(QDir(folder).filePath(file.name)))
            there += file.name;
    if (!there.isEmpty() &&
        QMessageBox::question(asker, title, Texts::tr("Replace these files?") + u"\n\n"_s + there.join(u'\n')) !=
            QMessageBox::Yes)
        return;
    tell(asker, title, saveAll(folder, files));
}

QString saveAll(const QString& folder, const QList<NamedBytes>& files)
{
    for (const NamedBytes& file : files)
        if (const QString failure = saveBytes(QDir(folder).filePath(file.name), file.bytes); !failure.isEmpty())
            return failure;
    return {};
}

QString fileName(const QString& title)
{
    QString name;
    for (const QChar letter : title.toLower())
        if (letter.isLetterOrNumber())
            name += letter;
        else if (!name.endsWith(u'-'))
            name += u'-';
    while (name.endsWith(u'-'))
        name.chop(1);
    return name;
}

} // namespace plumbline
