// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace plumbline {

/// The user guide: its chapters at the left, its text with pictures at the right. Stays open beside the window.
class GuideDialog : public QDialog
{
    Q_OBJECT

public:
    explicit GuideDialog(QWidget* parent = nullptr);

    QStringList chapters() const;
    /// Goes to the chapter of a page, by its title.
    void showChapter(const QString& title);
    QTextBrowser& text() { return *m_text; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void goTo(int chapter);

    QListWidget* m_chapters;
    QLineEdit* m_search;
    QTextBrowser* m_text;
};

} // namespace plumbline
