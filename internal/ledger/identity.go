// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
)

// digestPrefix names how digests are made here.
const digestPrefix = "hmac-sha256:"

// Key turns identity numbers into digests. It is the province's or county's
// secret: who has it can find out whose a digest is by trying numbers.
type Key []byte

// The lengths of keys, in bytes.
const (
	shortestKey = 16
	LongestKey  = 1024
)

// ParseKey reads the contents of a key file: the bytes without surrounding
// white space.
func ParseKey(contents []byte) (Key, error) {
	key := Key(strings.TrimSpace(string(contents)))
	switch {
	case len(key) < shortestKey:
		return nil, &Problem{Code: KeyShort, Args: []any{len(key), shortestKey}}
	case len(key) > LongestKey:
		return nil, &Problem{Code: KeyLong, Args: []any{LongestKey}}
	}
	return key, nil
}

// Digest is HMAC-SHA256 over a normalised identity number.
func (k Key) Digest(number string) string {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte(number)) // never fails
	return digestPrefix + hex.EncodeToString(mac.Sum(nil))
}

var (
	digestForm = regexp.MustCompile(`^hmac-(sha256|sm3):[0-9a-f]{64}$`)
	// looksLikeIdentity finds identity numbers in texts, as the schema does.
	looksLikeIdentity = regexp.MustCompile(`(^|[^0-9])[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]([^0-9]|$)`)
	fifteenDigits     = regexp.MustCompile(`[0-9]{15}`)
)

// normalIdentity brings an identity number into its one form: 18 characters
// with the right check character, X in upper case, no spaces.
func normalIdentity(text string) (string, *Problem) {
	number := strings.ToUpper(withoutSpaces(narrow(text)))
	switch {
	case len(number) == 15 && allDigits(number):
		return "", &Problem{Code: IdentityOld}
	case strings.Contains(number, "E+"):
		return "", &Problem{Code: IdentityRounded}
	case len(number) != 18 || !allDigits(number[:17]) || !strings.Contains("0123456789X", number[17:]):
		return "", &Problem{Code: IdentityForm, Args: []any{len([]rune(number))}}
	case number[17] != checkCharacter(number[:17]):
		return "", &Problem{Code: IdentityCheck}
	}
	return number, nil
}

// checkCharacter is that of GB 11643 for 17 digits.
func checkCharacter(digits string) byte {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(digits[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// nameOf is the name of a new household: it follows from the digest, so that
// whoever brings the family in, and how often, makes the same object. It says
// nothing of the person, nor of the digest.
func nameOf(digest string) string {
	const alphabet, length = "0123456789abcdefghjkmnpqrstvwxyz", 12
	sum := sha256.Sum256([]byte("fangpin household " + digest))
	name := []byte("hh-")
	for _, b := range sum[:length] {
		name = append(name, alphabet[b%32])
	}
	return string(name)
}
