// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;
class QTextBrowser;

namespace plumbline {

/// Reads one text, however long: as it is, as JSON with a line a member, or as Markdown. It is laid out piece by piece,
/// so that nothing waits for it; it can be searched and copied.
class TextReader : public QWidget
{
    Q_OBJECT

public:
    explicit TextReader(QWidget* parent = nullptr);

    void show(const QString& title, const QString& text);
    const QString& text() const { return m_text; }
    QString shownText() const;
    /// Shows the search field, ready to type.
    void beginSearch();

signals:
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Form
    {
        Plain,
        Json,
        Markdown,
    };
    void lay();
    void layMore();
    void find(bool isBackwards);
    void findFirst();

    QString m_text;
    QString m_rest; ///< not laid out yet
    QLabel* m_title;
    QComboBox* m_form;
    QLineEdit* m_search;
    QLabel* m_found;
    QStackedWidget* m_stack;
    QPlainTextEdit* m_plain;
    QTextBrowser* m_markdown;
    QTimer m_laying;
};

} // namespace plumbline
