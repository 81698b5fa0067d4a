// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/save_file.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSaveFile>

namespace plumbline {

using namespace Qt::StringLiterals;

void askAndSave(QWidget* asker, const QString& title, const QString& name, const QByteArray& bytes)
{
    const QString suffix = QFileInfo(name).suffix();
    const QString path = QFileDialog::getSaveFileName(asker, title, name, u"%1 (*.%2)"_s.arg(suffix.toUpper(), suffix));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return;
    auto* box = new QMessageBox(
        QMessageBox::Warning, title,
        QCoreApplication::translate("SaveFile", "%1 could not be written: %2").arg(path, file.errorString()),
        QMessageBox::Close, asker);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace plumbline
