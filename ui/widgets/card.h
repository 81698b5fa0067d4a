// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QStackedLayout;
class QVBoxLayout;

namespace plumbline {

class ElidedLabel;

/// A flat box with a heading, a quiet note beside it and a body. Where there is nothing to show, it says what it will
/// show instead.
class Card : public QWidget
{
    Q_OBJECT

public:
    explicit Card(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setNote(const QString& note, const QString& toolTip = {});
    /// What its figures are and how they are made: said where one points at the heading, by Shift+F1, and aloud.
    void setHelp(const QString& help);
    /// Put in place of the title, for headings that can be clicked.
    void setHeading(QWidget* heading);
    QVBoxLayout& body() { return *m_body; }

    void showContent();
    void showEmpty(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QHBoxLayout* m_header;
    QWidget* m_heading = nullptr; ///< in place of the title
    ElidedLabel* m_title;
    ElidedLabel* m_note;
    QStackedLayout* m_stack;
    QVBoxLayout* m_body;
    QLabel* m_empty;
};

/// A label in a colour and a face of the house. Follows the theme.
QLabel* quietLabel(const QString& text, QWidget* parent);
QLabel* headingLabel(const QString& text, QWidget* parent);

} // namespace plumbline
