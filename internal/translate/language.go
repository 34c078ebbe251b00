// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"strings"
)

// Language is the one in which messages are worded. Those that the controller
// stores are in English, whoever reads them; the command words them for its user.
type Language uint8

// The languages of messages.
const (
	English Language = iota
	Chinese
)

// say words a message. Both forms take the same arguments; a form that needs
// them in another order numbers them.
func (l Language) say(english, chinese string, args ...any) string {
	form := english
	if l == Chinese {
		form = chinese
	}
	if len(args) == 0 {
		return form
	}
	return fmt.Sprintf(form, args...)
}

// sentence ends what a policy says, whose author may have left that out.
func (l Language) sentence(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "。") {
		return text
	}
	return text + l.say(".", "。")
}

// or and comma join what a message lists.
func (l Language) or() string { return l.say(" or ", "或") }

func (l Language) comma() string { return l.say(", ", "、") }
