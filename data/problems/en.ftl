# English: what every problem is called, what causes it and what cures it; then the flaws of single fields.

account_already_exists = The account exists already
    .cause = Somebody made an account with this e-mail address at the same moment.
    .cure = Send the request again, with the password of that account.

account_has_no_password = The account has no password
    .cause = This account does not log in with e-mail and password, so there is no password to change.
    .cure = System clients log in with a key: register a new key instead.

account_recovery_of_oneself = It is your own account
    .cause = Nobody makes a link to recover their own account.
    .cure = Change your password instead, or ask another administrator.

account_recovery_unknown_membership = The member is unknown
    .cause = The membership does not exist in your organisation.
    .cure = Choose a member of your own organisation.

agreement_needs_municipality_and_centre = The agreement needs a municipality and a centre
    .cause = A collaboration agreement is between a municipality and a volunteer centre or voluntary organisation.
    .cure = Choose a counterpart of the other kind.

agreement_not_accepted = The agreement is not accepted by both
    .cause = Both sides accept the agreement before the method is used.
    .cure = Ask the other side to accept it, and accept it yourself.

agreement_not_ready = Not everything is in place
    .cause = This is missing before the method can be used: { $missing }.
    .cure = Put it in place, and say so by set-readiness.

agreement_outside_its_period = The agreement does not hold now
    .cause = Its period has not begun, or is over.
    .cure = Wait until the period begins, or draft another agreement.

agreement_unknown_item = The item is unknown
    .cause = The method has no such item on its checklist.
    .cure = Choose one of the items in readiness.

agreement_unknown_method = The method is unknown
    .cause = There is no method with this code.
    .cure = Use the code of a method that there is, such as AKTIVE_SAMMEN_5.

already_left = They have already left the network
    .cause = The participant or volunteer has already left this network.
    .cure = Nothing more is needed. Somebody who comes back is added to the network again.

already_taken_in = The delivery is already taken in
    .cause = The delivery is already connected to a person in your organisation.
    .cure = Read the delivery again: person_id says whom it is connected to.

archive_duty = It is kept by law
    .cause = What the municipality has received, is about to receive or has archived cannot be deleted: the law says that it must be kept.
    .cure = Leave it. If it is wrong, correct it with a new version or in the archive.

archived_in_the_future = The archiving is in the future
    .cause = archived_at is later than now.
    .cure = Send the time at which it was archived, or leave archived_at out.

asked_too_soon = It is too soon to ask again
    .cause = The person has said no to the same, and the day from which they may be asked again has not come.
    .cure = Wait until the day in ask_again_from of the refused consent.

assessed_in_the_future = The assessment is in the future
    .cause = assessed_on is later than today.
    .cure = Register the assessment when it has been made, or correct the date.

assessment_not_presented = The assessment was not presented
    .cause = Whoever is found not to have full capacity to consent must be told so, and why.
    .cure = Tell the person, and send the day in presented_to_person_on.

assessment_not_yet_decided = The assessment is in the future
    .cause = decided_on is later than today.
    .cure = Register the assessment when it is decided, or correct the date.

bad_parameter = A parameter is wrong
    .cause = The address has a parameter that is unknown here, or has a value that cannot be used.
    .cure = Look at errors: it names the parameters and says what is wrong.

body_too_large = The body is too large
    .cause = The request has more in its body than is taken in here.
    .cure = Send less at a time.

briefing_already_held = The briefing is already registered
    .cause = A briefing on the same topic is already registered for this volunteer on this day.
    .cure = Nothing more is needed, unless the date or the topic is wrong.

briefing_unknown_volunteer = The volunteer is unknown
    .cause = There is no such volunteer in your organisation.
    .cure = Check volunteer_id, or register the volunteer first.

capacity_assessment_reviewed_before_decided = The review comes before the decision
    .cause = review_on must be later than decided_on.
    .cure = Correct one of the two dates.

capacity_assessment_unknown_person = The person is unknown
    .cause = There is no such person in your organisation.
    .cure = Check person_id, or register the person first.

capacity_not_assessed = Capacity to consent is not assessed
    .cause = There is no assessment that counts today and says that the person can decide on this, or the one that was named is not the newest.
    .cure = Register a new assessment, or leave capacity_assessment_id out to use the newest. If the person cannot consent, a representative with the right to may.

clarification_missing = The clarification is missing
    .cause = The latest clarification of the referral must say that it goes on, and the person or a representative must have agreed to it.
    .cure = Register such a clarification, and try again.

clarification_not_agreed = Nobody has agreed to the clarification
    .cause = A clarification that says that it goes on needs the agreement of the person or of a representative.
    .cure = Set agreed_by_person, or name the representative in agreed_by_id.

clarification_unknown_person = The person is unknown
    .cause = There is no such person in your organisation.
    .cure = Check person_id: it is the person whom the referral is about.

clarification_unknown_referral = The referral is unknown
    .cause = There is no such referral, or you may not see it.
    .cure = Check referral_id.

code_is_wrong = The code is wrong
    .cause = It is not the code of the second factor at this time, or it was used before: each is good once.
    .cure = Wait for the next code of the authenticator app, and see that the clock of the device is right. Without the app, use a recovery code.

collaboration_agreement_already_active = There is a method already
    .cause = The two organisations already have a method together, be it suspended.
    .cure = End that agreement first.

collaboration_agreement_already_open = There is such an agreement already
    .cause = You have a draft of an agreement on this method.
    .cure = Go on with that one, or end it first.

collaboration_agreement_ends_before_it_starts = The agreement ends before it starts
    .cause = valid_to is not after valid_from.
    .cure = Correct the dates.

confidentiality_declaration_already_signed = The declaration is already registered
    .cause = This version of the declaration of confidentiality is already registered for the volunteer on this day.
    .cure = Nothing more is needed, unless the date or the version is wrong.

confidentiality_declaration_signed_before_briefing = It was signed before it was explained
    .cause = The declaration of confidentiality must be explained to the volunteer before it is signed.
    .cure = Check briefed_on and signed_on.

confidentiality_declaration_unknown_volunteer = The volunteer is unknown
    .cause = There is no such volunteer in your organisation.
    .cure = Check volunteer_id, or register the volunteer first.

consent_does_not_cover = The consent does not cover what was chosen
    .cause = A field was chosen of the social assessment whose category the person has not consented to.
    .cure = Choose fewer fields, or ask for a consent that covers social_life or support_needs. The preview names what is missing in uncovered.

consent_ends_before_it_starts = The consent ends before it starts
    .cause = expires_at must be later than the moment from which the consent holds.
    .cure = Correct valid_from or expires_at.

consent_for_another_referral = The referral is between others
    .cause = The consent tells an organisation that does not know of this referral.
    .cure = Leave referral_id out: the consent covers whom and what it names.

consent_required = A consent is required
    .cause = The recipient may not be told of the person without an active consent that covers it.
    .cure = Obtain a consent to tell this recipient first. A system that pushes a referral sends the consent along.

consent_to_oneself = The recipient is your own organisation
    .cause = A consent is about telling another organisation, not your own.
    .cure = Name the other organisation in counterpart_organisation_id.

consent_unknown_organisation = The organisation is unknown
    .cause = The organisation that is to be told is not registered here.
    .cure = Check counterpart_organisation_id against the list of organisations.

consent_unknown_person = The person is unknown
    .cause = There is no such person in your organisation.
    .cure = Check subject_id, or register the person first.

consent_unknown_referral = The referral is unknown
    .cause = There is no such referral in your organisation.
    .cure = Check referral_id, or leave it out.

contact_form_already_exists = The contact form exists already
    .cause = The participant already has a contact form in this network that is not closed.
    .cure = Write the next version of that form.

contact_form_is_unchanged = The contact form is unchanged
    .cause = The version says the same as the one before it.
    .cure = Change something, or keep the version that stands.

contact_form_of_another_network = The contact form is of another network
    .cause = The contact form, or the network that is named in it, is not of the network that this is about.
    .cure = Check the form, and the id of the network in its body.

contact_form_signed_in_the_future = The form is signed in the future
    .cause = signed_on is later than today.
    .cure = Send the day on which it was signed.

contact_form_unknown_network = The network is unknown
    .cause = There is no such network, or you may not see it.
    .cure = Check network_id.

contact_form_unknown_participant = The person is not in the network
    .cause = A contact form is written for a person who takes part in the network now.
    .cure = Add the person to the network first, or check person_id.

contact_form_unknown_unit = The unit is unknown
    .cause = A municipal contact in the form names a unit that does not exist.
    .cure = Check unit_id of the municipal contacts, or leave it out.

contact_form_unknown_volunteer = The volunteer is not in the network
    .cause = The form lists a volunteer who is not in the network now.
    .cure = Add the volunteer to the network first, or take them off the form.

contact_form_version_unknown_capacity_assessment = The assessment is unknown
    .cause = There is no such assessment of capacity in your organisation.
    .cure = Check capacity_assessment_id, or leave it out.

contact_form_version_unknown_form = The contact form is unknown
    .cause = There is no such contact form, or you may not see it.
    .cure = Check contact_form_id.

contact_form_version_unknown_signer = Who signed is unknown
    .cause = There is no such person in your organisation.
    .cure = Check signed_by_id, or leave it out if the person is not registered.

contact_point_ends_before_it_starts = The contact point ends before it starts
    .cause = The first day without the contact point must be later than the day it began.
    .cure = Send a later valid_to.

contact_point_substitutes_itself = The contact point stands in for itself
    .cause = A contact point cannot be its own substitute.
    .cure = Name another contact point in substitute_id, or none.

contact_point_unknown_membership = The member is unknown
    .cause = Nobody works in your organisation under this membership.
    .cure = Check membership_id, or leave it out.

contact_point_unknown_substitute = The substitute is unknown
    .cause = There is no such contact point in your organisation.
    .cure = Check substitute_id, or register the substitute first.

contact_point_unknown_unit = The unit is unknown
    .cause = There is no such unit in your organisation.
    .cure = Check unit_id.

conversation_already_held = The conversation is already held
    .cause = A conversation that was held cannot be changed or held once more.
    .cure = Plan a new conversation.

conversation_missing = The conversation is missing
    .cause = Not all conversations that the method has before this were held with the person.
    .cure = Hold the conversations that errors names, and register them first.

conversation_unknown_person = The person is unknown
    .cause = There is no such person in your organisation.
    .cure = Check person_id: it is the person whom the referral is about.

conversation_unknown_referral = The referral is unknown
    .cause = There is no such referral, or you may not see it.
    .cure = Check referral_id.

conversation_unknown_step = The step of the conversation is unknown
    .cause = The method that you had with the other side when the referral was submitted has no such conversation.
    .cure = Look at the steps in GET /v1/methods, or leave step out.

counterpart_already_requested = It is already requested or approved
    .cause = Your organisation has already asked to write to the other one.
    .cure = Look it up in the list of counterparts: it waits for an answer, or is approved.

counterpart_not_approved = The other organisation has not approved it
    .cause = Nothing can be sent between the two organisations before the one that was asked has approved it.
    .cure = Ask by making a counterpart, and try again when it is approved.

counterpart_to_oneself = It is your own organisation
    .cause = An organisation cannot ask to write to itself.
    .cure = Name the other organisation in counterpart_organisation_id.

counterpart_unknown_organisation = The organisation is unknown
    .cause = The organisation that is asked is not registered here.
    .cure = Check counterpart_organisation_id against the list of organisations.

current_password_is_wrong = The current password is wrong
    .cause = The password that was given as the current one is not that of the account.
    .cure = Type it again. Mind capital letters and the language of the keyboard.

delivery_is_not_a_referral = The delivery is not a referral
    .cause = Only a referral can be taken in and connected to a person.
    .cure = Acknowledge the delivery instead.

delivery_missing = Say whose contact form it is
    .cause = Several contact forms of this network were sent, and no referral says whose they are.
    .cure = Name a delivery of the person’s contact form (delivery_id).

delivery_unknown_person = The person is unknown
    .cause = There is no such person in your organisation, or you may not see them.
    .cure = Check person_id, or leave it out to register a new person from the delivery.

delivery_without_name = The delivery has no name
    .cause = A new person cannot be registered from a delivery that does not tell their name.
    .cure = Register the person first, and send their person_id.

flaw_another_contact = Exactly the network contact is listed as network contact.
flaw_another_name = The volunteer has another name.
flaw_check_digit = The check digits do not match: look for a typing error.
flaw_control_character = It has a control character in it.
flaw_date = The date in the number is not possible.
flaw_does_not_know = Tell them first that they are listed, and what for.
flaw_duplicate = It is there more than once.
flaw_email = It is not an e-mail address.
flaw_format = The number does not have the right form.
flaw_in_the_future = The day has not come yet.
flaw_item_length = Each has 1 to { $max } characters.
flaw_item_twice = The item stands there more than once.
flaw_missing = It is missing.
flaw_network_contact_missing = The network contact is not listed.
flaw_not_a_code = A code has only the letters a to z, digits and underscores, and begins with a letter.
flaw_not_a_day = Write a day as YYYY-MM-DD, from { $min } to { $max }.
flaw_not_a_key = It is not a public key on its curve.
flaw_not_an_etag = Send the ETag of the last answer, with its quotes.
flaw_not_an_id = Write an id as 36 characters, as it was given.
flaw_not_an_instant = Write an instant as in RFC 3339, such as 2026-11-01T10:00:00Z, from { $min } to { $max }.
flaw_not_for_people = This role is for system clients, not for people.
flaw_not_for_this_role = It does not fit the role.
flaw_not_held = System clients cannot have this scope.
flaw_not_json = It is not JSON: look at line { $line }, column { $column }.
flaw_not_of_instrument = The instrument has only these: { $expected }.
flaw_not_so_many_days = The last day is not before the first, and at most { $max } days are told at once.
flaw_not_visible_ascii = Send 1 to 255 visible ASCII characters.
flaw_other_country = The number is of another country.
flaw_other_kind = The number is of another kind.
flaw_personal_number = The number is a personal identity number.
flaw_protected = The protection hides this: leave it out.
flaw_refuses_all = Because of this item none of them was done.
flaw_same_as_email = The password is the e-mail address.
flaw_test_number = It is a test number, and real people are registered here.
flaw_too_early = The day is too early: { $min } at the earliest.
flaw_too_large = Too large: at most { $max }.
flaw_too_long = Too long: at most { $max }.
flaw_too_short = Too short: at least { $min }.
flaw_too_small = Too small: at least { $min }.
flaw_unknown_field = There is no such field.
flaw_unknown_parameter = There is no such parameter.
flaw_unknown_value = It must be one of: { $expected }.
flaw_unreadable = The body could not be read to its end.
flaw_wrong_type = { $expected ->
    [string] It must be text.
    [integer] It must be a whole number.
    [number] It must be a number.
    [boolean] It must be true or false.
    [array] It must be a list.
    [object] It must be an object.
   *[other] It must be { $expected }.
}
flaw_wrong_value = This value cannot be used here.

event_unknown_sequence = The feed has not come to this number
    .cause = No event here has this number yet: the installation was brought back to an earlier day, or the number is another feed’s.
    .cure = Compare what you keep with what is here now, and then follow the feed from its beginning.

follow_up_already_recorded = This part is already recorded
    .cause = The follow-up with the person, or with the network contact, is already recorded.
    .cure = Record the other part, or wait for the next follow-up.

follow_up_not_held = Nobody has talked with the person yet
    .cause = The follow-up that was named has not been held with the person.
    .cure = Record the follow-up first, or leave follow_up_id out.

follow_up_of_another_person = The follow-up is about somebody else
    .cause = The person of the goal is not in the network of the follow-up.
    .cure = Check goal_id and follow_up_id.

forbidden = You may not do this
    .cause = This needs { $scope }, which your role or your token does not give.
    .cure = Ask somebody whose role allows it, or ask for a token with this scope.

form_has_moved_on = The form has moved on
    .cause = Version { $number } is the latest. Yours builds on an older one.
    .cure = Read the latest version, put your changes into it, and send it with its number in based_on.

functional_assessment_ends_before_it_starts = The assessment ends before it starts
    .cause = valid_to is before valid_from.
    .cure = Correct valid_from or valid_to.

functional_assessment_stays_municipal = Functional assessments stay municipal
    .cause = Only a municipality has functional assessments: they are health data that nobody else needs.
    .cure = Leave it with the municipality. What a volunteer centre needs to know, a referral tells of the social assessment.

functional_assessment_unknown_person = The person is unknown
    .cause = There is no such person in your organisation, or you may not see them.
    .cure = Check person_id.

giver_may_not_consent = They may not give this consent
    .cause = The person is too young to consent alone, or the one who consents for them has no right to.
    .cure = Let somebody consent who may: their link to the person must give the right, and for a child be that of a parent or guardian.

goal_not_measured_then = It cannot have been measured then
    .cause = measured_on is before the goal was set, or later than today.
    .cure = Correct measured_on.

goal_outcome_already_measured = The goal was measured at this follow-up already
    .cause = At a follow-up there is one outcome of each goal.
    .cure = Leave follow_up_id out, or wait for the next follow-up.

goal_outcome_missing = The result of a goal is missing
    .cause = A goal was set for the referral, and nothing is known to have come of it.
    .cure = Register an outcome of each goal of the referral first.

goal_outcome_unknown_follow_up = The follow-up is unknown
    .cause = There is no such follow-up in your organisation, or you may not see it.
    .cure = Check follow_up_id.

goal_outcome_unknown_goal = The goal is unknown
    .cause = There is no such goal in your organisation, or you may not see it.
    .cure = Check goal_id.

goal_reviewed_before_set = The goal is looked at again before it is set
    .cause = review_on is not after set_on.
    .cure = Correct set_on or review_on.

goal_set_in_the_future = The goal is set in the future
    .cause = set_on is later than today.
    .cure = Register the goal when it is set, or correct the date.

goal_unknown_person = The person is unknown
    .cause = There is no such person in your organisation, or you may not see them.
    .cure = Check person_id.

goal_unknown_referral = The referral is unknown
    .cause = There is no such referral in your organisation.
    .cure = Check referral_id.

guidance_request_unknown_network = The network is unknown
    .cause = You see no such network.
    .cure = Choose a network that you see, or leave it out.

guidance_request_unknown_unit = The unit is unknown
    .cause = The recipient has no such unit.
    .cure = List the recipient's units, and choose one of them.

held_in_the_future = The date is in the future
    .cause = What is said to have been held is later than now.
    .cure = Record it when it has been held, or correct the date.

idempotency_key_required = Idempotency-Key is required
    .cause = This request makes or changes something, and nothing says whether it has been sent before.
    .cure = Send a new, unique Idempotency-Key with each new request, and the same one when you repeat it.

idempotency_key_reused = The Idempotency-Key is already used
    .cause = The same key was used for another request.
    .cure = Use a new key for a new request. Repeat a request only as it was.

identifier_not_active = The identity number is no longer in use
    .cause = The identity number has already been replaced or has ceased.
    .cure = Replace the number that is active now.

identity_numbers_not_kept = Identity numbers are not kept here
    .cause = Your organisation does not keep national identity numbers.
    .cure = Register the person without the number.

if_match_required = If-Match is required
    .cause = What is changed must be the version that you have read, and the request does not say which.
    .cure = Read it, and send its ETag as If-Match.

illegal_move = This cannot be done now
    .cause = { $action } is not possible when it is { $state }.
    .cure = Read it again, and do one of allowed_actions.

internal = Something went wrong here
    .cause = An error happened on our side. Your request is not to blame.
    .cure = Try again later. If it happens again, report it with the number in instance.

invalid = Something in the request is wrong
    .cause = The request can be read, but one or more of its fields cannot be right.
    .cure = Look at errors: it points at each field and says what is wrong.

invitation_unknown_person = The person is unknown
    .cause = There is no such person in your organisation.
    .cure = Check person_id, or register the person first.

invitation_unknown_unit = The unit is unknown
    .cause = There is no such unit in your organisation.
    .cure = Check unit_id.

invitation_unknown_volunteer = The volunteer is unknown
    .cause = There is no such volunteer in your organisation.
    .cure = Check volunteer_id, or register the volunteer first.

last_admin = It is the last administrator
    .cause = Without an administrator nobody in the organisation could invite the next one.
    .cure = Invite another administrator first.

legal_basis_decided_by_another_role = Another role decides on this
    .cause = The rule for this section lets { $roles } decide.
    .cure = Let somebody in such a role decide, or name another section.

legal_basis_does_not_cover = The section does not cover all of this
    .cause = The section does not let this recipient be told all of the kinds and categories that were sent.
    .cure = Name fewer kinds or categories, another recipient or another section, or ask for consent.

legal_basis_ends_before_it_starts = The legal basis ends before it starts
    .cause = The end of the period is not after its start.
    .cure = Send an end that is later than the start.

legal_basis_to_oneself = A legal basis needs another organisation
    .cause = What one's own organisation knows needs no legal basis to stay there.
    .cure = Name the organisation that is to be told.

legal_basis_unknown_organisation = Unknown organisation
    .cause = There is no organisation with the id that was sent.
    .cure = Look it up with GET /v1/organisations.

legal_basis_unknown_person = Unknown person
    .cause = There is no such person whom you may see.
    .cure = Look the person up, or register them first.

legal_basis_unknown_referral = Unknown referral
    .cause = There is no such referral in your organisation.
    .cure = Look it up, or leave referral_id out.

legal_basis_unknown_rule = No such rule is in force
    .cause = No rule with that code is in force here today. In force: { $codes }.
    .cure = Send one of these codes.

link_has_ended = The link has already ended
    .cause = The link between the two persons is already over.
    .cure = Nothing more is needed. Register a new link if there is one again.

log_entry_already_corrected = The log entry has already been corrected
    .cause = Another entry corrects it already.
    .cure = Read the log again, and correct the entry that corrected it.

log_entry_already_shared = The log entry is already shared
    .cause = It was sent to the municipality, or waits to be.
    .cure = You need do nothing. Look among the disclosures for how far it came.

log_entry_corrected_otherwise = The correction goes another way
    .cause = A correction is about the same person and is shared as the entry that it corrects.
    .cure = Take person_id and share_with_municipality from the entry.

log_entry_is_final = The log entry is final
    .cause = What is final in a log stays as it was written.
    .cure = Write a new entry that corrects it, with correction_of_id. Both are kept.

log_entry_is_not_shared = The log entry is not to be shared
    .cause = share_with_municipality is no.
    .cure = Leave it, or write a new entry that may be shared.

log_entry_unknown_entry = The entry to correct is unknown
    .cause = correction_of_id is no entry in the log of this network that you can correct.
    .cure = Choose an entry of the same network. Volunteers correct only their own.

log_entry_unknown_network = The network is unknown
    .cause = The network does not exist in your organisation, or you are not in it.
    .cure = Choose a network that you see.

log_entry_unknown_person = The person is not in the network
    .cause = person_id is nobody whom the network is for now.
    .cure = Choose a participant of the network, or leave the field out.

log_entry_without_person = It does not say whom the entry is about
    .cause = The municipality is told only what is about a participant, under a basis for that one.
    .cure = Name person_id, or set share_with_municipality to no.

log_review_ends_before_it_starts = The period ends before it starts
    .cause = to_on is before from_on.
    .cure = Correct the days.

log_review_unknown_network = The network is unknown
    .cause = The network does not exist in your organisation.
    .cure = Choose a network in your own organisation.

looser_than_the_law = The law says more
    .cause = { $code } is a rule of law, and gives { $law } ({ $source }): an organisation may not give less to those whom it protects.
    .cure = Make it at least as strict as the law, or leave it out.

malformed = The request cannot be read
    .cause = The body or a header is not written as it has to be.
    .cure = Look at errors: it says where, and what is expected. A body is JSON in UTF-8.

membership_already_exists = The membership exists already
    .cause = The account already has this role in the organisation.
    .cure = Log in with the membership that is there.

membership_unknown_unit = The unit is unknown
    .cause = There is no such unit in your organisation.
    .cure = Check unit_id.

municipal_contact_missing = The municipal contact is missing
    .cause = A participant receives municipal services, and their contact form names no municipal contact.
    .cure = Name at least one municipal contact in the contact form.

municipality_code_is_not_in_force = The municipality code is not in force
    .cause = A municipality needs a municipality code, and the code must be in force today.
    .cure = Find the code that holds today: municipalities are merged and renumbered.

network_change_ends_before_it_starts = It ends before it starts
    .cause = to_on is before from_on.
    .cure = Correct the days.

network_change_unknown_network = The network is unknown
    .cause = It is not a network of yours, and your organisation was not sent its contact form for a unit that you are in.
    .cure = Choose a network that you take part in.

network_change_unknown_person = The person is unknown
    .cause = person_id is nobody in your organisation.
    .cure = Choose a person who is registered with you.

network_contact_missing = The network contact is missing
    .cause = An active network needs a volunteer who is its network contact.
    .cure = Make one of its volunteers the network contact.

network_has_ended = The network has ended
    .cause = The other side told your organisation that the network has ended.
    .cure = Reach its coordinator by telephone, or report the need anew.

network_has_one_contact = The network has a contact already
    .cause = A network has one network contact, and there is one.
    .cure = Add the volunteer without this task, or move it to them with make-contact.

network_message_unknown_network = The network is unknown
    .cause = It is not a network of yours, and your organisation was not sent its contact form for a unit that you are in.
    .cure = Choose a network that you take part in.

network_message_unknown_person = The person is unknown
    .cause = person_id is nobody in your organisation.
    .cure = Choose a person who is registered with you.

network_missing = There is no active network
    .cause = The referral can start when a network around the person is active.
    .cure = Activate a network of this referral first.

network_participant_already_in = The participant is already in the network
    .cause = The person takes part in this network already.
    .cure = Nothing more is needed.

network_participant_missing = The network has no participant
    .cause = An active network needs at least one participant.
    .cure = Add the person whom the network is for.

network_participant_unknown_network = The network is unknown
    .cause = There is no such network, or you may not see it.
    .cure = Check network_id.

network_participant_unknown_person = The person is unknown
    .cause = There is no such person in your organisation.
    .cure = Check person_id, or register the person first.

network_unknown_referral = The referral is unknown
    .cause = There is no such referral in your organisation.
    .cure = Check referral_id, or leave it out.

network_volunteer_already_in = The volunteer is already in the network
    .cause = The volunteer is in this network already.
    .cure = Nothing more is needed.

network_volunteer_unknown_network = The network is unknown
    .cause = There is no such network, or you may not see it.
    .cure = Check network_id.

network_volunteer_unknown_volunteer = The volunteer is unknown
    .cause = There is no such volunteer in your organisation.
    .cure = Check volunteer_id, or register the volunteer first.

new_version_missing = The new version of the form is missing
    .cause = The follow-up says that something is adjusted, and what is adjusted stands in the contact form.
    .cure = Send the next version of the form in contact_form_version.

no_body_expected = No body is expected here
    .cause = This request needs to be told nothing, and carries a body.
    .cure = Send it without a body.

no_coordinator = No coordinator
    .cause = No routing rule fits the referral, or its recipient is not approved.
    .cure = Name the recipient in counterpart_organisation_id, or make a routing rule.

not_acceptable = There is no such format
    .cause = The request accepts only formats that are not to be had here.
    .cure = Leave Accept out, or name application/json in it.

not_found = There is nothing here
    .cause = It does not exist, or you may not see it.
    .cure = Check the address and the id.

not_waiting_for_approval = It does not wait for an approval
    .cause = The disclosure is stopped for another reason, which an approval does not change.
    .cure = Look at blocked_reason. If the consent is missing, obtain one.

not_yet_settled = It is not settled yet
    .cause = The sender must know what became of the delivery before it can be deleted.
    .cure = Archive it, or reject it.

not_yours = It is not yours to write
    .cause = You may not write this here: it belongs to another unit or organisation, or to somebody you do not work with.
    .cure = Check the ids in the request. Otherwise ask somebody whose case it is.

nothing_to_change = There is nothing to change
    .cause = The request names nothing that is to be different.
    .cure = Send at least one field that is to change.

occurred_in_the_future = It has not happened yet
    .cause = The time is in the future.
    .cure = Write it when it has happened, or correct the time.

offer_already_disclosed = It has been told already
    .cause = The organisation that accepted was told whom the offer is about.
    .cure = Look at the disclosure that disclosure_id names. If it was blocked, a consent sends it anew.

offer_pool_is_empty = There is nobody in the pool
    .cause = No organisation but the sender and authorities has approved that yours writes to it.
    .cure = Ask organisations to approve yours as a counterpart, or put the referral on the waiting list.

offer_recipients_missing = To whom is it offered?
    .cause = An offer names organisations, or goes to the open pool: one of the two.
    .cure = Send organisation_ids, or open_pool as true.

offer_reply_in_the_past = The day to answer is past
    .cause = reply_by_on is before today.
    .cure = Name a later day, or leave reply_by_on out.

offer_to_oneself = The offer is to your own organisation
    .cause = A need is offered to other organisations.
    .cure = Leave your own out of organisation_ids. What you keep yourselves you accept.

offer_to_the_sender = The offer is to who asked for help
    .cause = The organisation that sent the referral cannot be offered it.
    .cure = Name other organisations, or redirect or decline the referral.

offer_unknown_organisation = The organisation is unknown
    .cause = An organisation that was named is not registered here.
    .cure = Check organisation_ids against the list of organisations.

only_for_staff = Only staff write this
    .cause = One of the fields is for what staff write for themselves.
    .cure = Leave the field out.

organisation_number_is_wrong = The organisation number is wrong
    .cause = It is not a valid organisation number in the country that was named.
    .cure = Check the number and the country.

organisation_rule_already_exists = There is such a rule already
    .cause = A rule of this organisation with the same name and service holds on some of these days.
    .cure = End that one first, or begin when it has ended.

organisation_rule_ends_before_it_starts = The rule ends before it starts
    .cause = valid_to is the first day the rule no longer holds, and not after valid_from.
    .cure = Send a later valid_to.

other_organisations_must_agree = Other organisations must agree
    .cause = The account is a member of other organisations too, and a new password opens them all.
    .cure = Get a link from an administrator of each organisation, and send the tokens of all of them together.

outside_target_group = The person is outside the target group
    .cause = The latest clarification says that the person is outside the target group, so that the referral cannot be accepted.
    .cure = Decline or redirect the referral, or register a new clarification if that has changed.

password_length = The password has the wrong length
    .cause = A password has { $min } to { $max } characters.
    .cure = Choose another one. A few words in a row are easy to remember.

period_is_over = The period is over
    .cause = The consent would have ended already: its expires_at has passed.
    .cure = Draft a new consent with a later expires_at.

person_identifier_already_registered = The identity number is registered already
    .cause = The person has this number already, perhaps written in another way.
    .cure = There is nothing to do: read the person's numbers.

person_identifier_belongs_to_another = The identity number is already registered
    .cause = The number is already registered in your organisation, for another person or for this one.
    .cure = Search for the number to find the person. Do not register the same person twice.

person_identifier_unknown_person = The person is unknown
    .cause = There is no such person in your organisation.
    .cure = Check person_id, or register the person first.

person_is_not_protected = The person is not protected
    .cause = There is no protection to open or to end.
    .cure = Nothing more is needed. The details stand with the person.

person_is_protected = The identity of the person is protected
    .cause = What identifies the person is neither shown nor changed here while their identity is protected.
    .cure = Somebody who may can read the protected details for a stated purpose. To change them, end the protection first.

person_link_already_exists = The link exists already
    .cause = The two persons already have a link of this kind that has not ended.
    .cure = Change that link, or end it first.

person_link_ends_before_it_starts = The link ends before it starts
    .cause = valid_to must be later than valid_from.
    .cure = Correct one of the two dates.

person_link_to_oneself = It is the same person
    .cause = A person cannot be their own relative or representative.
    .cure = Name another person in related_person_id.

person_link_unknown_person = The person is unknown
    .cause = There is no such person in your organisation.
    .cure = Check person_id, or register the person first.

person_link_unknown_related_person = The related person is unknown
    .cause = There is no such person in your organisation.
    .cure = Check related_person_id, or register the relative or representative first.

person_missing = The person is missing
    .cause = The request does not say whom the referral is about.
    .cure = Send person, or the person_id of one who is known.

person_unknown_responsible = The responsible member is unknown
    .cause = Nobody works in your organisation under this membership.
    .cure = Check responsible_id, or leave it out.

person_unknown_unit = The unit is unknown
    .cause = There is no such unit in your organisation.
    .cure = Check unit_id, or leave it out.

protected_identity = The identity of the person is protected
    .cause = What the level of protection hides was sent.
    .cure = Leave the fields out that the answer points at.

protected_needs_second_person = A second person has to approve
    .cause = It is not for the one who wrote it or protected the person, nor for the one who would see more by it.
    .cure = Let somebody else approve it.

protection_ends_before_it_starts = The protection ends before it starts
    .cause = protected_until must be later than today.
    .cure = Send a later day, or leave protected_until out if no end is set.

protection_lapses_earlier = The protection lapses earlier
    .cause = Protection of this level does not last as long as was asked for.
    .cure = Send an earlier day, and renew the protection in time.

recipient_missing = The recipient is missing
    .cause = A need that the municipality reports is sent to a recipient. What stays in your own organisation is reported by somebody else.
    .cure = Name the recipient in counterpart_organisation_id, or choose another source_channel.

referral_already_open = The person has such a referral already
    .cause = A referral of the person to the same service is already on its way.
    .cure = Continue with that referral, or end it first.

referral_already_pushed = The referral is already there
    .cause = A referral with the same id from the same system is registered with other content.
    .cure = Change the referral that is there, or use a new external_id.

referral_chooses_of_nothing = A choice needs a social assessment and fields
    .cause = social_assessment_id and social_fields go together: one was sent, or is left, without the other.
    .cure = Send both, or take both back with null and an empty list.

referral_has_ended = The referral has ended
    .cause = A referral that has ended is not changed any more.
    .cure = Make a new referral. Reopening copies this one into a new draft.

referral_not_accepted = The referral is not accepted
    .cause = A network becomes active for a referral that was accepted or is on the waiting list; this one is not, or has ended.
    .cure = Talk with the person, clarify and accept the referral first.

referral_of_another_person = The referral is about somebody else
    .cause = The person that was named is not the one whom the referral is about.
    .cure = Check person_id and referral_id.

referral_to_oneself = The recipient is your own organisation
    .cause = A referral is sent to another organisation, or stays here without a recipient.
    .cure = Name the other organisation in counterpart_organisation_id, or leave it out.

referral_unknown_cared_for_person = The person cared for is unknown
    .cause = There is no such person in your organisation.
    .cure = Check cared_for_person_id, or leave it out.

referral_unknown_legal_basis = Unknown legal basis
    .cause = There is no such legal basis in your organisation.
    .cure = Look it up with GET /v1/legal-bases, or send a consent.

referral_unknown_organisation = The recipient is unknown
    .cause = The organisation that was named as the recipient is not registered here.
    .cure = Check counterpart_organisation_id against the list of organisations.

referral_unknown_person = The person is unknown
    .cause = There is no such person in your organisation, or you may not see them.
    .cure = Check person_id, or register the person first.

referral_unknown_social_assessment = The social assessment is unknown
    .cause = There is no such social assessment in your organisation, or you may not see it.
    .cure = Check social_assessment_id.

referral_unknown_unit = The unit is unknown
    .cause = There is no such unit in your organisation.
    .cure = Check unit_id, or sent_by_unit_id where a system pushes the referral.

representative_without_mandate = The relative may not sign
    .cause = A relative signs by an assessment of the person's capacity, or by a link that gives the right to consent.
    .cure = Name the assessment in capacity_assessment_id, or the relative in signed_by_id.

representative_without_right = The representative has no right to consent
    .cause = No link of the person gives this representative the right to consent today.
    .cure = Register the link with the right to consent, or name another representative.

responsibility_already_borne = A unit bears this responsibility already
    .cause = The person has a responsible unit in this domain already.
    .cure = End that responsibility first.

responsibility_not_ended_formally = The responsibility is not ended formally
    .cause = That a volunteer was found does not by itself end what the person is owed. It is missing that the person agrees, or that the decision is changed formally.
    .cure = Register that the person agrees, and which decision changed it, with dates.

responsibility_unknown_person = The person is unknown
    .cause = You see no such person.
    .cure = Check person_id.

responsibility_unknown_unit = The unit is unknown
    .cause = There is no such unit in your organisation.
    .cure = Check responsible_unit_id.

review_in_the_past = The day of review is not to come
    .cause = review_on is today or before.
    .cure = Name a later day.

routing_rule_ends_before_it_starts = The rule ends before it starts
    .cause = valid_to is not after valid_from.
    .cure = Correct the dates.

rule_does_not_fit = This is not what such a rule says
    .cause = A deadline has length and unit, an age has years, a day off has a name and either month_day or days_after_easter and no service.
    .cure = Send the fields of this kind of rule, and no others.

second_factor_already_exists = There is a second factor already
    .cause = The account has a second factor, or another is being added at this moment.
    .cure = Remove it first, with the password and a code.

second_factor_does_not_exist = There is no such second factor
    .cause = The account has no second factor to remove, or none that waits to be confirmed.
    .cure = Read the account: second_factor_since says whether it has one. To add one, begin again.

second_factor_missing = A second factor is missing
    .cause = Your organisation asks its members for a second factor, and this session was begun without one.
    .cure = Add one to your account and confirm it, if it has none; then refresh the session.

second_factor_required = A code is required
    .cause = The password is right. The account has a second factor, and its code was not sent along.
    .cure = Send the request again with the code of the authenticator app, or with a recovery code.

send_application_json = Send JSON
    .cause = The body is not said to be JSON.
    .cure = Send Content-Type: application/json. A PATCH may also send application/merge-patch+json.

send_unencoded = Send it unencoded
    .cause = The body is compressed, or encoded in another way.
    .cure = Send the body as it is, without Content-Encoding.

social_assessment_of_another_person = The social assessment is about somebody else
    .cause = The person whom the referral is about is not the one who was assessed.
    .cure = Check social_assessment_id.

social_assessment_unknown_person = The person is unknown
    .cause = There is no such person in your organisation, or you may not see them.
    .cure = Check person_id.

stale = It has changed since you read it
    .cause = Somebody has changed it since the version that you have.
    .cure = Read it again, look at what is new, and send your change with the new ETag.

system_client_already_exists = The name is already in use
    .cause = Your organisation already has a system client of this name.
    .cure = Choose another name.

system_client_key_already_registered = The key is already registered
    .cause = Your organisation has already registered the same public key.
    .cure = Make a new pair of keys. Each is registered once.

system_client_key_unknown_client = The system client is unknown
    .cause = There is no such system client in your organisation.
    .cure = Check system_client_id.

text_does_not_cover_updates = The text does not cover updates
    .cause = The consent includes what comes later, and the text that is to be shown does not say so.
    .cure = Choose a text that covers updates, or draft a consent without them.

too_deep = The JSON is nested too deep
    .cause = The body is nested more than { $max } levels deep.
    .cure = Send it flatter.

too_many_requests = Too many requests
    .cause = There were too many in a short time. Try again in { $seconds } seconds.
    .cure = Wait as long as Retry-After says.

too_slow = The body took too long to arrive
    .cause = The request began, and the rest of it did not come in time.
    .cure = Send it again, over a better connection if possible.

try_again = Try again
    .cause = Somebody else was changing the same at that moment. Nothing of your request was done.
    .cure = Send the same request again, with the same Idempotency-Key.

two_bases = There are two bases
    .cause = Both a consent and a legal basis were sent, and what leaves has one.
    .cure = Send consent or legal_basis_id, not both.

unauthorised = You are not logged in
    .cause = What says who you are is missing, wrong or no longer valid.
    .cure = Log in, or get a new token, and try again.

unavailable = The service is not available now
    .cause = We cannot answer at the moment.
    .cure = Try again as soon as Retry-After says, with the same Idempotency-Key.

unit_already_exists = The unit exists already
    .cause = Your organisation already has a unit of this name.
    .cure = Use the unit that is there, or choose another name.

unit_ends_before_it_starts = The unit ends before it starts
    .cause = The first day without the unit must be later than the day it began.
    .cure = Send a later valid_to.

unit_needs_contact_point = The unit needs a contact person
    .cause = This is the unit's last contact point, and contact forms of networks that go on name the unit.
    .cure = Make another contact point for the unit first.

unknown_consent_text = The consent text is unknown
    .cause = There is no text with this code, version and language.
    .cure = Check text_code, text_version and the language. Leave the version out to get the newest.

unknown_instrument = The instrument is unknown
    .cause = No instrument of this code and version was in force in this country on the day of the assessment.
    .cure = Check instrument, instrument_version – GET /v1/instruments.

unknown_membership = The membership is unknown
    .cause = You do not have this membership, or it has ended.
    .cure = Choose one of the memberships of your account.

unknown_protection_level = The level of protection is unknown
    .cause = There is no such level of protection in your country.
    .cure = Check level against the rules of your country.

unknown_rule = There is no such rule
    .cause = No rule with that code holds in your country on any of these days.
    .cure = List the rules of your country, and send the code of one of them.

unmet_need_report_unknown_network = The network is unknown
    .cause = You see no such network.
    .cure = Choose a network that you see.

unmet_need_report_unknown_participant = The person is not in the network
    .cause = The report is about a person who is not in the network now.
    .cure = Choose a participant of the network, or leave the person out.

unmet_need_report_unknown_unit = The unit is unknown
    .cause = The recipient has no such unit.
    .cure = List the recipient's units, and choose one of them.

volunteer_not_prepared = The volunteer is not prepared
    .cause = A volunteer lacks one of the two briefings, or has not signed the declaration of confidentiality.
    .cure = Register what is missing. Before that the volunteer meets nobody.

widening_needs_asking = To widen it, ask again
    .cause = A consent can only be narrowed: this would cover more, or last longer.
    .cure = Draft a new consent, and ask the person.

witness_missing = The witness is missing
    .cause = A consent that is given orally needs a witness.
    .cure = Name in witness who heard it.

wrong_email_or_password = E-mail or password is wrong
    .cause = There is no account with this e-mail address and this password.
    .cure = Type both again. Mind capital letters and the language of the keyboard.

wrong_method = The method is not possible here
    .cause = The address exists, but it does not take this method.
    .cure = Use one of the methods in Allow.
