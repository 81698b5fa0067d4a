// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPalette>
#include <QStyleFactory>
#include <QToolTip>

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

// What Fusion cannot be told by its palette: flat buttons and fields, the primary button, headers, menus.
QString styleSheet(const Colors& colors)
{
    return uR"(
QPushButton, QLineEdit, QComboBox {
    border: 1px solid %border; border-radius: 6px; padding: 4px 10px; background: %card; color: %text; min-height: 18px;
    selection-background-color: %primary; selection-color: %onPrimary; }
QPushButton:hover, QComboBox:hover { background: %hover; }
QPushButton:focus, QLineEdit:focus, QComboBox:focus { border-color: %accent; }
QLineEdit[judged="good"]:focus { border-color: %good; }
QLineEdit[judged="bad"], QLineEdit[judged="bad"]:focus { border-color: %bad; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: none; padding: 0; background: transparent; }
QPushButton:disabled, QLineEdit:disabled, QComboBox:disabled { color: %secondary; background: %window; }
QPushButton:default, QPushButton[primary="true"] { background: %primary; border-color: %primary; color: %onPrimary; }
QPushButton[primary="true"]:focus { border-color: %text; }
QPushButton[primary="true"]:disabled { background: %window; border-color: %border; color: %secondary; }
QPushButton[chip="true"] { background: %selection; border-color: %dropBorder; color: %accent; }
QPushButton[quiet="true"] { color: %secondary; }
QPushButton[link="true"] { border: none; background: transparent; padding: 0 2px; color: %accent; text-align: left; }
QPushButton[link="true"]:hover, QPushButton[link="true"]:focus { text-decoration: underline; }
QPushButton[glyph="true"] { border: none; background: transparent; padding: 2px 6px; color: %secondary; }
QLabel[code="true"] { background: %code; border-radius: 5px; padding: 7px 9px; }
QPushButton[glyph="true"]:hover, QPushButton[glyph="true"]:focus { color: %accent; }
QPushButton[tab="true"] { border: none; background: transparent; padding: 0 2px; }
QPushButton[tab="true"]:checked, QPushButton[tab="true"]:hover, QPushButton[tab="true"]:focus { text-decoration: underline; }
QPushButton[tab="true"]:checked { color: %accent; }
QDialog, plumbline--ValuePicker { background: %card; }
plumbline--CommandPalette, plumbline--ValuePicker { border: 1px solid %border; }
QPushButton::menu-indicator { image: none; width: 0; }
QCheckBox::indicator { width: 13px; height: 13px; border: 1px solid %secondary; border-radius: 3px; background: %card; }
QCheckBox::indicator:checked { background: %primary; border-color: %primary; image: url(:/icons/check.svg); }
QCheckBox:focus { color: %accent; }
QAbstractSpinBox { border: 1px solid %border; border-radius: 6px; padding: 4px 8px; background: %card; color: %text; min-height: 18px;
    selection-background-color: %primary; selection-color: %onPrimary; }
QAbstractSpinBox:focus { border-color: %accent; }
QAbstractSpinBox:disabled { color: %secondary; background: %window; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 16px; }
QAbstractSpinBox::up-arrow { image: url(:/icons/up.svg); width: 9px; height: 9px; }
QAbstractSpinBox::down-arrow, QDateEdit::drop-down { image: url(:/icons/down.svg); width: 9px; height: 9px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: %hover; }
QSlider { min-height: 18px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: %border; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: %primary; }
QSlider[off="true"]::sub-page:horizontal { background: %dropBorder; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border: 1px solid %secondary; border-radius: 6px; background: %card; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { border-color: %accent; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }
QComboBox::drop-down { border: none; width: 18px; }
*[mono="true"] { font-family: "%monoFamily"; font-size: %monoSizepx; }
QPlainTextEdit[readOnly="false"] { border: 1px solid %border; border-radius: 6px; background: %card; padding: 4px; }
QPlainTextEdit[readOnly="false"]:focus { border-color: %accent; }
#bubble { background: %card; border: 1px solid %accent; border-radius: 8px; }
QTableView, QListView { border: none; background: %card; outline: none; }
QTableWidget::item { padding: 0 5px; border: none; }
QTableWidget::item:selected { background: %selection; color: %text; }
QMenu { background: %card; border: 1px solid %border; padding: 4px; }
QMenu::item { padding: 5px 22px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: %selection; color: %text; }
QMenu::separator { height: 1px; background: %border; margin: 4px 6px; }
QToolTip { background: %card; color: %text; border: 1px solid %border; padding: 4px; }
QProgressBar { border: none; border-radius: 3px; background: %border; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { border-radius: 3px; background: %accent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: %border; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 1px; }
QScrollBar::handle:hover { background: %secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)"_s.replace(u"%onPrimary"_s, colors.onPrimary.name())
        .replace(u"%primary"_s, colors.primary.name())
        .replace(u"%border"_s, colors.border.name())
        .replace(u"%card"_s, colors.card.name())
        .replace(u"%text"_s, colors.text.name())
        .replace(u"%secondary"_s, colors.secondary.name())
        .replace(u"%accent"_s, colors.accent.name())
        .replace(u"%hover"_s, colors.hover.name())
        .replace(u"%window"_s, colors.window.name())
        .replace(u"%selection"_s, colors.selection.name())
        .replace(u"%dropBorder"_s, colors.dropBorder.name())
        .replace(u"%good"_s, colors.good.name())
        .replace(u"%bad"_s, colors.bad.name())
        .replace(u"%code"_s, colors.code.name())
        .replace(u"%monoFamily"_s, fonts::longMono().family())
        .replace(u"%monoSize"_s, QString::number(fonts::longMono().pixelSize()));
}

bool isSystemDark()
{
    // Our own palette hides the system's: take it off to look.
    QApplication::setPalette(QPalette());
    return isDark(QApplication::palette());
}

} // namespace

Theme::Theme(QObject* parent) : QObject(parent)
{
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setFont(fonts::text());
    apply();
}

void Theme::choose(ThemeChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

void Theme::follow()
{
    if (m_choice == ThemeChoice::System)
        apply();
}

void Theme::apply()
{
    const bool dark = m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && isSystemDark());
    const Colors& colors = dark ? darkColors() : lightColors();
    const QPalette palette = paletteOf(colors);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    qobject_cast<QApplication*>(QCoreApplication::instance())->setStyleSheet(styleSheet(colors));
}

} // namespace plumbline
