// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "model/items/long_text.h"
#include "model/jobs/job_runner.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTextBrowser;

namespace plumbline {

/// Reads one text, however long: as it is, as JSON with a line a member, or as Markdown. It is laid out piece by piece,
/// so that nothing waits for it, and what is longer than anybody reads at once, part by part; it can be searched,
/// copied and saved.
class TextReader : public QWidget
{
    Q_OBJECT

public:
    explicit TextReader(QWidget* parent = nullptr);

    void show(const QString& title, LongText text);
    /// The part that is shown, of most texts all there is.
    const QString& text() const { return m_text; }
    int part() const { return m_part; }
    void showPart(int part);
    QString shownText() const;
    bool isLaid() const { return m_laid == m_shown.size(); }
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
    using Direction = LongText::Direction;
    /// A match that is to be shown once all of the part is laid out.
    struct Wanted
    {
        Direction direction = Direction::Forwards;
        bool goesOn = false; ///< in other parts, if there is none here
    };
    QString sought() const;
    void find(Direction direction);
    /// In the part that is shown, from the cursor on.
    bool findHere(Direction direction);
    /// From the beginning of the part that is shown.
    bool findFirst();
    /// Beyond what is shown: other parts, or round.
    void findBeyond(Direction direction);
    void goRound(Direction direction);
    /// How often the part holds what is sought.
    void count();
    void save();

    LongText m_all;
    int m_part = 0;
    QString m_text;  ///< of the part
    QString m_shown; ///< as it is laid out
    qsizetype m_laid = 0;
    std::optional<Wanted> m_wanted;
    int m_searched = 0; ///< grows with every search and every part: an older one's answer is nobody's
    QLabel* m_title;
    QPushButton* m_earlier;
    QLabel* m_place;
    QPushButton* m_later;
    QComboBox* m_form;
    QLineEdit* m_search;
    QLabel* m_found;
    QStackedWidget* m_stack;
    QPlainTextEdit* m_plain;
    QTextBrowser* m_markdown;
    QTimer m_laying;
    JobRunner m_searching;
    JobRunner m_counting;
    JobRunner m_saving;
};

} // namespace plumbline
