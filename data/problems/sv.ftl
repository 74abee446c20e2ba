# Swedish: what every problem is called, what causes it and what cures it; then the flaws of single fields.

account_already_exists = Kontot finns redan
    .cause = Någon skapade ett konto med den här e-postadressen i samma ögonblick.
    .cure = Skicka begäran igen med lösenordet för det kontot.

account_has_no_password = Kontot har inget lösenord
    .cause = Det här kontot loggar inte in med e-post och lösenord, så det finns inget lösenord att ändra.
    .cure = Systemklienter loggar in med en nyckel: registrera en ny nyckel i stället.

account_recovery_of_oneself = Det är ditt eget konto
    .cause = Ingen gör en länk för att återställa sitt eget konto.
    .cure = Byt lösenord i stället, eller fråga en annan administratör.

account_recovery_unknown_membership = Medlemmen är okänd
    .cause = Medlemskapet finns inte i din organisation.
    .cure = Välj en medlem i din egen organisation.

agreement_needs_municipality_and_centre = Avtalet kräver en kommun och en central
    .cause = Ett samarbetsavtal ingås mellan en kommun och en frivilligcentral eller en frivilligorganisation.
    .cure = Välj en motpart av det andra slaget.

agreement_not_accepted = Avtalet är inte godkänt av båda
    .cause = Båda sidor måste godkänna avtalet innan metoden används.
    .cure = Be den andra sidan godkänna avtalet, och godkänn det själv.

agreement_not_ready = Allt är inte på plats
    .cause = Detta saknas innan metoden kan användas: { $missing }.
    .cure = Få det på plats och anmäl det med set-readiness.

agreement_outside_its_period = Avtalet gäller inte nu
    .cause = Perioden har inte börjat, eller så är den över.
    .cure = Vänta tills perioden börjar, eller gör ett nytt avtal.

agreement_unknown_item = Punkten är okänd
    .cause = Metoden har ingen sådan punkt på checklistan.
    .cure = Välj en av punkterna i readiness.

agreement_unknown_method = Metoden är okänd
    .cause = Det finns ingen metod med den koden.
    .cure = Använd koden för en metod som finns, till exempel AKTIVE_SAMMEN_5.

already_left = Har redan lämnat nätverket
    .cause = Deltagaren eller volontären har redan lämnat nätverket.
    .cure = Du behöver inte göra mer. Den som kommer tillbaka läggs till i nätverket på nytt.

already_taken_in = Försändelsen är redan omhändertagen
    .cause = Försändelsen är redan kopplad till en person i din organisation.
    .cure = Läs försändelsen igen: person_id visar vem den är kopplad till.

archive_duty = Lagen kräver att det bevaras
    .cause = Det som kommunen har tagit emot, är på väg att ta emot eller har arkiverat kan inte raderas: lagen säger att det ska bevaras.
    .cure = Låt det vara kvar. Är något fel rättas det med en ny version eller i arkivet.

archived_in_the_future = Arkiveringen ligger framåt i tiden
    .cause = archived_at är senare än nu.
    .cure = Skicka tidpunkten då det arkiverades, eller utelämna archived_at.

asked_too_soon = Det är för tidigt att fråga igen
    .cause = Personen har sagt nej till samma sak, och dagen då man får fråga igen har inte kommit.
    .cure = Vänta till dagen i ask_again_from på det samtycke som fick ett nej.

assessed_in_the_future = Kartläggningen ligger framåt i tiden
    .cause = assessed_on är senare än i dag.
    .cure = Registrera kartläggningen när den är gjord, eller rätta datumet.

assessment_not_presented = Personen har inte fått del av bedömningen
    .cause = Den som inte har full beslutsförmåga ska få veta det, och varför.
    .cure = Tala med personen, och skicka dagen i presented_to_person_on.

assessment_not_yet_decided = Bedömningen ligger framåt i tiden
    .cause = decided_on är senare än i dag.
    .cure = Registrera bedömningen när den är gjord, eller rätta datumet.

bad_parameter = En parameter är fel
    .cause = Adressen har en parameter som inte är känd här, eller som har ett värde som inte kan användas.
    .cure = Se på errors: där står vilka parametrar det gäller och vad som är fel.

body_too_large = Innehållet är för stort
    .cause = Begäran har mer innehåll än vad som tas emot här.
    .cure = Skicka mindre åt gången.

briefing_already_held = Genomgången är redan registrerad
    .cause = En genomgång av samma ämne är redan registrerad för volontären den här dagen.
    .cure = Du behöver inte göra mer, om inte datumet eller ämnet är fel.

briefing_unknown_volunteer = Volontären är okänd
    .cause = Det finns ingen sådan volontär i din organisation.
    .cure = Kontrollera volunteer_id, eller registrera volontären först.

capacity_assessment_reviewed_before_decided = Omprövningen kommer före beslutet
    .cause = review_on måste vara senare än decided_on.
    .cure = Rätta ett av de två datumen.

capacity_assessment_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation.
    .cure = Kontrollera person_id, eller registrera personen först.

capacity_not_assessed = Beslutsförmågan är inte bedömd
    .cause = Det finns ingen bedömning som gäller i dag och säger att personen kan ta ställning till detta, eller så är den angivna bedömningen inte den senaste.
    .cure = Registrera en ny bedömning, eller utelämna capacity_assessment_id för att använda den senaste. Om personen inte kan samtycka får en företrädare med rätt till det göra det.

clarification_missing = Kartläggningen saknas
    .cause = Den senaste kartläggningen av remissen måste säga att man går vidare, och personen eller en företrädare måste ha instämt i den.
    .cure = Registrera en sådan kartläggning, och försök igen.

clarification_not_agreed = Ingen har instämt i kartläggningen
    .cause = En kartläggning som säger att man går vidare kräver att personen eller en företrädare instämmer.
    .cure = Sätt agreed_by_person, eller ange företrädaren i agreed_by_id.

clarification_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation.
    .cure = Kontrollera person_id: det är den person som remissen gäller.

clarification_unknown_referral = Remissen är okänd
    .cause = Remissen finns inte, eller så har du inte tillgång till den.
    .cure = Kontrollera referral_id.

code_is_wrong = Koden är fel
    .cause = Det är inte den andra faktorns kod vid den här tidpunkten, eller så har den använts förut: varje kod gäller en gång.
    .cure = Vänta på nästa kod i autentiseringsappen och se till att enhetens klocka går rätt. Använd en återställningskod om appen saknas.

collaboration_agreement_already_active = Det finns redan en metod
    .cause = De två organisationerna har redan en metod tillsammans, även om den är pausad.
    .cure = Avsluta det avtalet först.

collaboration_agreement_already_open = Det finns redan ett sådant avtal
    .cause = Ni har redan ett utkast till ett avtal om denna metod.
    .cure = Fortsätt med det, eller avsluta det först.

collaboration_agreement_ends_before_it_starts = Avtalet slutar innan det börjar
    .cause = valid_to är inte efter valid_from.
    .cure = Rätta datumen.

confidentiality_declaration_already_signed = Sekretessförbindelsen är redan registrerad
    .cause = Den här versionen av sekretessförbindelsen är redan registrerad för volontären den här dagen.
    .cure = Du behöver inte göra mer, om inte datumet eller versionen är fel.

confidentiality_declaration_signed_before_briefing = Undertecknad innan den förklarades
    .cause = Sekretessförbindelsen måste förklaras för volontären innan den undertecknas.
    .cure = Kontrollera briefed_on och signed_on.

confidentiality_declaration_unknown_volunteer = Volontären är okänd
    .cause = Det finns ingen sådan volontär i din organisation.
    .cure = Kontrollera volunteer_id, eller registrera volontären först.

consent_does_not_cover = Samtycket täcker inte det som är valt
    .cause = Ett fält i den sociala kartläggningen är valt i en kategori som personen inte har samtyckt till.
    .cure = Välj färre fält, eller be om ett samtycke som täcker social_life eller support_needs. Förhandsvisningen säger i uncovered vad som saknas.

consent_ends_before_it_starts = Samtycket slutar innan det börjar
    .cause = expires_at måste vara senare än den tidpunkt som samtycket gäller från.
    .cure = Rätta valid_from eller expires_at.

consent_for_another_referral = Remissen är mellan andra
    .cause = Samtycket gäller en organisation som inte känner till den här remissen.
    .cure = Utelämna referral_id: samtycket gäller den och det som det anger.

consent_required = Det krävs ett samtycke
    .cause = Mottagaren får inte veta något om personen utan ett aktivt samtycke som täcker det.
    .cure = Inhämta först ett samtycke till remissen till den här mottagaren. Ett system som överför en remiss skickar med samtycket.

consent_to_oneself = Mottagaren är din egen organisation
    .cause = Ett samtycke handlar om vad en annan organisation får veta, inte din egen.
    .cure = Ange den andra organisationen i counterpart_organisation_id.

consent_unknown_organisation = Organisationen är okänd
    .cause = Den organisation som ska få uppgifterna är inte registrerad här.
    .cure = Kontrollera counterpart_organisation_id mot listan över organisationer.

consent_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation.
    .cure = Kontrollera subject_id, eller registrera personen först.

consent_unknown_referral = Remissen är okänd
    .cause = Det finns ingen sådan remiss i din organisation.
    .cure = Kontrollera referral_id, eller utelämna fältet.

contact_form_already_exists = Kontaktformuläret finns redan
    .cause = Deltagaren har redan ett kontaktformulär i det här nätverket som inte är stängt.
    .cure = Skriv nästa version av det formuläret.

contact_form_is_unchanged = Kontaktformuläret är oförändrat
    .cause = Versionen säger samma sak som den förra.
    .cure = Ändra något, eller behåll den version som gäller.

contact_form_of_another_network = Kontaktformuläret hör till ett annat nätverk
    .cause = Kontaktformuläret, eller nätverket som anges i det, hör inte till det nätverk som detta gäller.
    .cure = Kontrollera formuläret och nätverkets id i formuläret.

contact_form_signed_in_the_future = Formuläret är undertecknat i framtiden
    .cause = signed_on är senare än i dag.
    .cure = Skicka dagen då det undertecknades.

contact_form_unknown_network = Nätverket är okänt
    .cause = Nätverket finns inte, eller så har du inte tillgång till det.
    .cure = Kontrollera network_id.

contact_form_unknown_participant = Personen är inte med i nätverket
    .cause = Ett kontaktformulär skrivs för en person som deltar i nätverket nu.
    .cure = Lägg till personen i nätverket först, eller kontrollera person_id.

contact_form_unknown_unit = Enheten är okänd
    .cause = En kommunal kontakt i formuläret anger en enhet som inte finns.
    .cure = Kontrollera unit_id hos de kommunala kontakterna, eller utelämna fältet.

contact_form_unknown_volunteer = Volontären är inte med i nätverket
    .cause = Formuläret tar upp en volontär som inte är med i nätverket nu.
    .cure = Lägg till volontären i nätverket först, eller ta bort volontären ur formuläret.

contact_form_version_unknown_capacity_assessment = Bedömningen är okänd
    .cause = Det finns ingen sådan bedömning av beslutsförmågan i din organisation.
    .cure = Kontrollera capacity_assessment_id, eller utelämna fältet.

contact_form_version_unknown_form = Kontaktformuläret är okänt
    .cause = Kontaktformuläret finns inte, eller så har du inte tillgång till det.
    .cure = Kontrollera contact_form_id.

contact_form_version_unknown_signer = Den som har undertecknat är okänd
    .cause = Det finns ingen sådan person i din organisation.
    .cure = Kontrollera signed_by_id, eller utelämna fältet om personen inte är registrerad.

contact_point_ends_before_it_starts = Kontaktpunkten slutar innan den börjar
    .cause = Den första dagen utan kontaktpunkten måste vara senare än dagen då den började.
    .cure = Skicka ett senare valid_to.

contact_point_substitutes_itself = Kontaktpunkten är sin egen ersättare
    .cause = En kontaktpunkt kan inte vara ersättare för sig själv.
    .cure = Ange en annan kontaktpunkt i substitute_id, eller ingen.

contact_point_unknown_membership = Medarbetaren är okänd
    .cause = Ingen i din organisation har den här anknytningen.
    .cure = Kontrollera membership_id, eller utelämna fältet.

contact_point_unknown_substitute = Ersättaren är okänd
    .cause = Det finns ingen sådan kontaktpunkt i din organisation.
    .cure = Kontrollera substitute_id, eller registrera ersättaren först.

contact_point_unknown_unit = Enheten är okänd
    .cause = Det finns ingen sådan enhet i din organisation.
    .cure = Kontrollera unit_id.

conversation_already_held = Samtalet har redan hållits
    .cause = Ett samtal som har hållits kan inte ändras eller hållas en gång till.
    .cure = Planera ett nytt samtal.

conversation_missing = Samtalet saknas
    .cause = Inte alla samtal som metoden har före detta har hållits med personen.
    .cure = Håll samtalen som nämns i errors och registrera dem först.

conversation_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation.
    .cure = Kontrollera person_id: det är den person som remissen gäller.

conversation_unknown_referral = Remissen är okänd
    .cause = Remissen finns inte, eller så har du inte tillgång till den.
    .cure = Kontrollera referral_id.

conversation_unknown_step = Samtalssteget är okänt
    .cause = Den metod som ni hade tillsammans när remissen skickades har inget sådant samtal.
    .cure = Se stegen i GET /v1/methods, eller lämna step tomt.

counterpart_already_requested = Det är redan begärt eller godkänt
    .cause = Din organisation har redan bett att få skriva till den andra.
    .cure = Leta upp den i listan över samarbetsparter: den väntar på svar eller är godkänd.

counterpart_not_approved = Den andra organisationen har inte godkänt
    .cause = Inget kan skickas mellan de två organisationerna innan den som tillfrågades har godkänt det.
    .cure = Fråga genom att skapa en samarbetspart, och försök igen när det är godkänt.

counterpart_to_oneself = Det är din egen organisation
    .cause = En organisation kan inte be att få skriva till sig själv.
    .cure = Ange den andra organisationen i counterpart_organisation_id.

counterpart_unknown_organisation = Organisationen är okänd
    .cause = Den organisation som tillfrågas är inte registrerad här.
    .cure = Kontrollera counterpart_organisation_id mot listan över organisationer.

current_password_is_wrong = Det nuvarande lösenordet är fel
    .cause = Lösenordet som angavs som det nuvarande är inte kontots.
    .cure = Skriv det igen. Tänk på stora bokstäver och tangentbordets språk.

delivery_is_not_a_referral = Försändelsen är inte en remiss
    .cause = Bara en remiss kan tas om hand och kopplas till en person.
    .cure = Bekräfta i stället att försändelsen är mottagen.

delivery_missing = Ange vems kontaktformulär det gäller
    .cause = Flera kontaktformulär för det här nätverket har skickats, och ingen remiss anger vem de gäller.
    .cure = Ange en försändelse av personens kontaktformulär (delivery_id).

delivery_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation, eller så har du inte tillgång till personen.
    .cure = Kontrollera person_id, eller utelämna fältet för att registrera en ny person utifrån försändelsen.

delivery_without_name = Försändelsen saknar namn
    .cause = En ny person kan inte registreras utifrån en försändelse som inte anger namnet.
    .cure = Registrera personen först, och skicka person_id.

flaw_another_contact = Nätverkskontakten, och bara den, anges som nätverkskontakt.
flaw_another_name = Volontären har ett annat namn.
flaw_check_digit = Kontrollsiffrorna stämmer inte: leta efter ett skrivfel.
flaw_control_character = Det finns ett kontrolltecken i texten.
flaw_date = Datumet i numret är inte möjligt.
flaw_does_not_know = Den som tas upp måste först få veta det, och vad det ska användas till.
flaw_duplicate = Det står där mer än en gång.
flaw_email = Det är inte en e-postadress.
flaw_format = Numret har inte rätt form.
flaw_in_the_future = Dagen har inte kommit än.
flaw_item_length = Var och en har 1 till { $max } tecken.
flaw_item_twice = Punkten står där mer än en gång.
flaw_missing = Det saknas.
flaw_network_contact_missing = Nätverkskontakten är inte angiven.
flaw_not_a_code = En kod har bara bokstäverna a till z, siffror och understreck, och börjar med en bokstav.
flaw_not_a_day = Skriv en dag som ÅÅÅÅ-MM-DD, från { $min } till { $max }.
flaw_not_a_key = Det är inte en publik nyckel på sin kurva.
flaw_not_an_etag = Skicka ETag från det senaste svaret, med citattecken.
flaw_not_an_id = Skriv ett id med 36 tecken, som det gavs.
flaw_not_an_instant = Skriv en tidpunkt enligt RFC 3339, till exempel 2026-11-01T10:00:00Z, från { $min } till { $max }.
flaw_not_for_people = Den här rollen är för systemklienter, inte för personer.
flaw_not_for_this_role = Det passar inte rollen.
flaw_not_held = Systemklienter kan inte ha den här behörigheten.
flaw_not_json = Det är inte JSON: se på rad { $line }, kolumn { $column }.
flaw_not_of_instrument = Instrumentet har bara dessa: { $expected }.
flaw_not_so_many_days = Den sista dagen är inte före den första, och högst { $max } dagar visas åt gången.
flaw_not_visible_ascii = Skicka 1 till 255 synliga ASCII-tecken.
flaw_other_country = Numret är från ett annat land.
flaw_other_kind = Numret är av ett annat slag.
flaw_personal_number = Numret är ett personnummer.
flaw_protected = Skyddet döljer detta: utelämna det.
flaw_refuses_all = På grund av det här elementet gjordes inget av dem.
flaw_same_as_email = Lösenordet är e-postadressen.
flaw_test_number = Det är ett testnummer, och här registreras verkliga personer.
flaw_too_early = Dagen är för tidig: tidigast { $min }.
flaw_too_large = För stort: högst { $max }.
flaw_too_long = För långt: högst { $max }.
flaw_too_short = För kort: minst { $min }.
flaw_too_small = För litet: minst { $min }.
flaw_unknown_field = Det finns inget sådant fält.
flaw_unknown_parameter = Det finns ingen sådan parameter.
flaw_unknown_value = Det måste vara något av följande: { $expected }.
flaw_unreadable = Innehållet kunde inte läsas till slut.
flaw_wrong_type = { $expected ->
    [string] Det måste vara text.
    [integer] Det måste vara ett heltal.
    [number] Det måste vara ett tal.
    [boolean] Det måste vara sant eller falskt (true eller false).
    [array] Det måste vara en lista.
    [object] Det måste vara ett objekt.
   *[other] Det måste vara { $expected }.
}
flaw_wrong_value = Det här värdet kan inte användas här.

event_unknown_sequence = Så långt har flödet inte kommit
    .cause = Ingen händelse här har det här numret ännu: installationen har återställts till en tidigare dag, eller så kommer numret från ett annat flöde.
    .cure = Jämför det du har sparat med det som finns här nu, och följ sedan flödet från början.

follow_up_already_recorded = Den här delen är redan registrerad
    .cause = Uppföljningen med personen, eller med nätverkskontakten, är redan registrerad.
    .cure = Registrera den andra delen, eller vänta till nästa uppföljning.

follow_up_not_held = Ingen har talat med personen ännu
    .cause = Den angivna uppföljningen har inte hållits med personen.
    .cure = Registrera uppföljningen först, eller utelämna follow_up_id.

follow_up_of_another_person = Uppföljningen gäller någon annan
    .cause = Personen som målet gäller är inte med i det nätverk som uppföljningen gäller.
    .cure = Kontrollera goal_id och follow_up_id.

forbidden = Du har inte behörighet till detta
    .cause = Detta kräver { $scope }, som din roll eller din token inte ger.
    .cure = Fråga någon med en roll som tillåter det, eller begär en token med den behörigheten.

form_has_moved_on = Formuläret har en nyare version
    .cause = Version { $number } är den senaste. Din bygger på en äldre.
    .cure = Läs den senaste versionen, för in dina ändringar i den, och skicka den med dess nummer i based_on.

functional_assessment_ends_before_it_starts = Kartläggningen slutar innan den börjar
    .cause = valid_to är före valid_from.
    .cure = Rätta valid_from eller valid_to.

functional_assessment_stays_municipal = Funktionskartläggningar stannar i kommunen
    .cause = Bara en kommun har funktionskartläggningar: de är hälsouppgifter som ingen annan behöver.
    .cure = Låt den stanna hos kommunen. Det en volontärcentral behöver veta berättar en remiss av den sociala kartläggningen.

functional_assessment_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation, eller du har inte tillgång till personen.
    .cure = Kontrollera person_id.

giver_may_not_consent = Samtycket kan inte ges av den här personen
    .cause = Personen är för ung för att samtycka ensam, eller så har den som samtycker för personen inte rätt till det.
    .cure = Låt någon som har rätt till det samtycka: relationen till personen måste ge rätten, och för ett barn måste det vara en vårdnadshavare, förälder eller förmyndare.

goal_not_measured_then = Det kan inte ha mätts då
    .cause = measured_on är innan målet sattes, eller senare än i dag.
    .cure = Rätta measured_on.

goal_outcome_already_measured = Målet har redan mätts vid den här uppföljningen
    .cause = Vid en uppföljning finns ett resultat av varje mål.
    .cure = Utelämna follow_up_id, eller vänta till nästa uppföljning.

goal_outcome_missing = Resultatet av ett mål saknas
    .cause = Ett mål är satt för remissen som det inte har registrerats något resultat av.
    .cure = Registrera först ett resultat av varje mål för remissen.

goal_outcome_unknown_follow_up = Uppföljningen är okänd
    .cause = Det finns ingen sådan uppföljning i din organisation, eller du har inte tillgång till den.
    .cure = Kontrollera follow_up_id.

goal_outcome_unknown_goal = Målet är okänt
    .cause = Det finns inget sådant mål i din organisation, eller du har inte tillgång till det.
    .cure = Kontrollera goal_id.

goal_reviewed_before_set = Målet ses över innan det är satt
    .cause = review_on är inte efter set_on.
    .cure = Rätta set_on eller review_on.

goal_set_in_the_future = Målet är satt framåt i tiden
    .cause = set_on är senare än i dag.
    .cure = Registrera målet när det är satt, eller rätta datumet.

goal_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation, eller du har inte tillgång till personen.
    .cure = Kontrollera person_id.

goal_unknown_referral = Remissen är okänd
    .cause = Det finns ingen sådan remiss i din organisation.
    .cure = Kontrollera referral_id.

guidance_request_unknown_network = Nätverket är okänt
    .cause = Du ser inget sådant nätverk.
    .cure = Välj ett nätverk som du ser, eller utelämna det.

guidance_request_unknown_unit = Enheten är okänd
    .cause = Mottagaren har ingen sådan enhet.
    .cure = Lista mottagarens enheter och välj en av dem.

held_in_the_future = Datumet ligger i framtiden
    .cause = Det som sägs ha hållits är senare än nu.
    .cure = Registrera det när det har hållits, eller rätta datumet.

idempotency_key_required = Idempotency-Key saknas
    .cause = Den här begäran skapar eller ändrar något, och det framgår inte om den har skickats förut.
    .cure = Skicka en ny och unik Idempotency-Key med varje ny begäran, och samma när du upprepar den.

idempotency_key_reused = Denna Idempotency-Key är redan använd
    .cause = Samma nyckel har använts till en annan begäran.
    .cure = Använd en ny nyckel till en ny begäran. En begäran upprepas bara som den var.

identifier_not_active = Identitetsnumret används inte längre
    .cause = Identitetsnumret är redan ersatt eller har upphört.
    .cure = Ersätt det nummer som är aktivt nu.

identity_numbers_not_kept = Identitetsnummer sparas inte här
    .cause = Din organisation sparar inte personnummer eller andra nationella identitetsnummer.
    .cure = Registrera personen utan numret.

if_match_required = If-Match saknas
    .cause = Det som ändras måste vara den version som du har läst, och begäran säger inte vilken.
    .cure = Läs den, och skicka dess ETag som If-Match.

illegal_move = Det kan inte göras nu
    .cause = { $action } är inte möjligt när tillståndet är { $state }.
    .cure = Läs igen, och välj något av det som står i allowed_actions.

internal = Något gick fel hos oss
    .cause = Ett fel uppstod hos oss. Det är inget fel på din begäran.
    .cure = Försök igen senare. Händer det igen, anmäl det med numret i instance.

invalid = Något i begäran är fel
    .cause = Begäran kan läsas, men ett eller flera fält kan inte stämma.
    .cure = Se på errors: där pekas varje fält ut, och det står vad som är fel.

invitation_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation.
    .cure = Kontrollera person_id, eller registrera personen först.

invitation_unknown_unit = Enheten är okänd
    .cause = Det finns ingen sådan enhet i din organisation.
    .cure = Kontrollera unit_id.

invitation_unknown_volunteer = Volontären är okänd
    .cause = Det finns ingen sådan volontär i din organisation.
    .cure = Kontrollera volunteer_id, eller registrera volontären först.

last_admin = Det är den sista administratören
    .cause = Utan en administratör kan ingen i organisationen bjuda in nästa.
    .cure = Bjud in en annan administratör först.

legal_basis_decided_by_another_role = En annan roll beslutar om detta
    .cause = Regeln för denna paragraf låter { $roles } besluta.
    .cure = Låt någon i en sådan roll besluta, eller ange en annan paragraf.

legal_basis_does_not_cover = Paragrafen täcker inte allt detta
    .cause = Paragrafen tillåter inte att denna mottagare får alla slag och kategorier som skickades.
    .cure = Ange färre slag eller kategorier, en annan mottagare eller en annan paragraf, eller be om samtycke.

legal_basis_ends_before_it_starts = Rättsgrunden slutar innan den börjar
    .cause = Periodens slut ligger inte efter dess början.
    .cure = Skicka ett slut som är senare än början.

legal_basis_to_oneself = En rättsgrund gäller en annan organisation
    .cause = Det som din egen organisation vet behöver ingen rättsgrund för att stanna där.
    .cure = Ange organisationen som ska få uppgifterna.

legal_basis_unknown_organisation = Okänd organisation
    .cause = Det finns ingen organisation med det id som skickades.
    .cure = Slå upp den med GET /v1/organisations.

legal_basis_unknown_person = Okänd person
    .cause = Det finns ingen sådan person som du får se.
    .cure = Slå upp personen, eller registrera personen först.

legal_basis_unknown_referral = Okänd remiss
    .cause = Det finns ingen sådan remiss i din organisation.
    .cure = Slå upp den, eller utelämna referral_id.

legal_basis_unknown_rule = Ingen sådan regel gäller
    .cause = Ingen regel med den koden gäller här i dag. Dessa gäller: { $codes }.
    .cure = Skicka en av dessa koder.

link_has_ended = Relationen är redan avslutad
    .cause = Relationen mellan de två personerna är redan över.
    .cure = Du behöver inte göra mer. Registrera en ny relation om det finns en igen.

log_entry_already_corrected = Anteckningen är redan rättad
    .cause = En annan anteckning rättar den redan.
    .cure = Läs loggen igen och rätta den anteckning som rättade den.

log_entry_already_shared = Anteckningen är redan delad
    .cause = Den är skickad till kommunen eller väntar på att bli det.
    .cure = Du behöver inte göra mer. Se utlämnandena för hur långt den har kommit.

log_entry_corrected_otherwise = Rättelsen går en annan väg
    .cause = En rättelse gäller samma person och delas på samma sätt som anteckningen den rättar.
    .cure = Ta person_id och share_with_municipality från anteckningen.

log_entry_is_final = Anteckningen är slutgiltig
    .cause = Det som är slutgiltigt i en logg står kvar som det skrevs.
    .cure = Skriv en ny anteckning som rättar den, med correction_of_id. Båda bevaras.

log_entry_is_not_shared = Anteckningen ska inte delas
    .cause = share_with_municipality är no.
    .cure = Låt den vara, eller skriv en ny anteckning som får delas.

log_entry_unknown_entry = Anteckningen som ska rättas är okänd
    .cause = correction_of_id är ingen anteckning i det här nätverkets logg som du kan rätta.
    .cure = Välj en anteckning i samma nätverk. En volontär rättar bara sina egna.

log_entry_unknown_network = Nätverket är okänt
    .cause = Nätverket finns inte i din organisation, eller så är du inte med i det.
    .cure = Välj ett nätverk som du ser.

log_entry_unknown_person = Personen är inte med i nätverket
    .cause = person_id är ingen av dem som nätverket är för nu.
    .cure = Välj en deltagare i nätverket, eller lämna fältet tomt.

log_entry_without_person = Det är inte sagt vem anteckningen gäller
    .cause = Kommunen får bara veta det som gäller en deltagare, och med grund för just den.
    .cure = Ange person_id, eller sätt share_with_municipality till no.

log_review_ends_before_it_starts = Perioden slutar innan den börjar
    .cause = to_on är före from_on.
    .cure = Rätta dagarna.

log_review_unknown_network = Nätverket är okänt
    .cause = Nätverket finns inte i din organisation.
    .cure = Välj ett nätverk i din egen organisation.

looser_than_the_law = Lagen säger mer
    .cause = { $code } är en lagregel och ger { $law } ({ $source }): en organisation får inte ge mindre till dem som den skyddar.
    .cure = Gör regeln minst lika sträng som lagen, eller utelämna den.

malformed = Begäran kan inte läsas
    .cause = Innehållet eller en header är inte skriven som den måste vara.
    .cure = Se på errors: där står var, och vad som förväntas. Innehåll är JSON i UTF-8.

membership_already_exists = Anknytningen finns redan
    .cause = Kontot har redan den här rollen i organisationen.
    .cure = Logga in med den anknytning som finns.

membership_unknown_unit = Enheten är okänd
    .cause = Det finns ingen sådan enhet i din organisation.
    .cure = Kontrollera unit_id.

municipal_contact_missing = Den kommunala kontakten saknas
    .cause = En deltagare har insatser från kommunen, och kontaktformuläret anger ingen kommunal kontakt.
    .cure = Ange minst en kommunal kontakt i kontaktformuläret.

municipality_code_is_not_in_force = Kommunkoden gäller inte
    .cause = En kommun måste ha en kommunkod, och koden måste gälla i dag.
    .cure = Ta reda på vilken kod som gäller i dag: kommuner slås ihop och får nya koder.

network_change_ends_before_it_starts = Det slutar innan det börjar
    .cause = to_on är före from_on.
    .cure = Rätta dagarna.

network_change_unknown_network = Nätverket är okänt
    .cause = Det är inte ditt nätverk, och din organisation har inte fått kontaktformuläret för det till en enhet du är i.
    .cure = Välj ett nätverk som du är med i.

network_change_unknown_person = Personen är okänd
    .cause = person_id är ingen i din organisation.
    .cure = Välj en person som är registrerad hos er.

network_contact_missing = Nätverkskontakten saknas
    .cause = Ett aktivt nätverk måste ha en volontär som är nätverkskontakt.
    .cure = Gör en av volontärerna till nätverkskontakt.

network_has_ended = Nätverket är avslutat
    .cause = Den andra sidan har berättat för din organisation att nätverket är avslutat.
    .cure = Kontakta samordnaren på telefon, eller anmäl behovet på nytt.

network_has_one_contact = Nätverket har redan en kontakt
    .cause = Ett nätverk har en enda nätverkskontakt, och det har redan en.
    .cure = Lägg till volontären utan den uppgiften, eller flytta den till volontären med make-contact.

network_message_unknown_network = Nätverket är okänt
    .cause = Det är inte ditt nätverk, och din organisation har inte fått kontaktformuläret för det till en enhet du är i.
    .cure = Välj ett nätverk som du är med i.

network_message_unknown_person = Personen är okänd
    .cause = person_id är ingen i din organisation.
    .cure = Välj en person som är registrerad hos er.

network_missing = Det finns inget aktivt nätverk
    .cause = Insatsen kan starta när ett nätverk kring personen är aktivt.
    .cure = Aktivera först ett nätverk som hör till remissen.

network_participant_already_in = Deltagaren är redan med i nätverket
    .cause = Personen deltar redan i det här nätverket.
    .cure = Du behöver inte göra mer.

network_participant_missing = Nätverket har ingen deltagare
    .cause = Ett aktivt nätverk måste ha minst en deltagare.
    .cure = Lägg till den person som nätverket är till för.

network_participant_unknown_network = Nätverket är okänt
    .cause = Nätverket finns inte, eller så har du inte tillgång till det.
    .cure = Kontrollera network_id.

network_participant_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation.
    .cure = Kontrollera person_id, eller registrera personen först.

network_unknown_referral = Remissen är okänd
    .cause = Det finns ingen sådan remiss i din organisation.
    .cure = Kontrollera referral_id, eller utelämna fältet.

network_volunteer_already_in = Volontären är redan med i nätverket
    .cause = Volontären är redan med i det här nätverket.
    .cure = Du behöver inte göra mer.

network_volunteer_unknown_network = Nätverket är okänt
    .cause = Nätverket finns inte, eller så har du inte tillgång till det.
    .cure = Kontrollera network_id.

network_volunteer_unknown_volunteer = Volontären är okänd
    .cause = Det finns ingen sådan volontär i din organisation.
    .cure = Kontrollera volunteer_id, eller registrera volontären först.

new_version_missing = Den nya versionen av formuläret saknas
    .cause = Uppföljningen säger att något ska justeras, och det som justeras står i kontaktformuläret.
    .cure = Skicka nästa version av formuläret i contact_form_version.

no_body_expected = Inget innehåll väntas här
    .cause = Den här begäran behöver inget innehåll, men har det med sig.
    .cure = Skicka den utan innehåll.

no_coordinator = Ingen samordnare
    .cause = Ingen styrningsregel passar remissen, eller så är mottagaren inte godkänd.
    .cure = Ange mottagaren i counterpart_organisation_id, eller skapa en styrningsregel.

not_acceptable = Formatet finns inte här
    .cause = Begäran godtar bara format som inte finns här.
    .cure = Utelämna Accept, eller ange application/json där.

not_found = Här finns ingenting
    .cause = Det finns inte, eller så har du inte tillgång till det.
    .cure = Kontrollera adressen och id:t.

not_waiting_for_approval = Det väntar inte på godkännande
    .cause = Utlämnandet är stoppat av ett annat skäl, som ett godkännande inte ändrar.
    .cure = Se på blocked_reason. Saknas samtycket måste det inhämtas.

not_yet_settled = Den är inte färdigbehandlad
    .cause = Avsändaren måste få veta vad det blev av försändelsen innan den kan raderas.
    .cure = Arkivera den, eller avvisa den.

not_yours = Du kan inte skriva här
    .cause = Du kan inte skriva detta här: det hör till en annan enhet eller organisation, eller till någon som du inte arbetar med.
    .cure = Kontrollera id:na i begäran. Fråga annars den som har ärendet.

nothing_to_change = Det finns inget att ändra
    .cause = Begäran nämner inget som ska bli annorlunda.
    .cure = Skicka minst ett fält som ska ändras.

occurred_in_the_future = Det har inte hänt ännu
    .cause = Tidpunkten ligger framåt i tiden.
    .cure = Skriv det när det har hänt, eller rätta tidpunkten.

offer_already_disclosed = Det är redan berättat
    .cause = Organisationen som tackade ja har fått veta vem erbjudandet gäller.
    .cure = Se på det utlämnande som disclosure_id anger. Är det stoppat skickar ett samtycke det på nytt.

offer_pool_is_empty = Det finns ingen att fråga
    .cause = Ingen organisation utöver avsändaren och myndigheter har godkänt att er skriver till den.
    .cure = Be organisationer att godkänna er som motpart, eller sätt remissen på väntelista.

offer_recipients_missing = Vem erbjuds det?
    .cause = Ett erbjudande anger organisationer eller går till den öppna kretsen: ett av de två.
    .cure = Skicka organisation_ids, eller open_pool som true.

offer_reply_in_the_past = Svarsdagen har passerat
    .cause = reply_by_on är före i dag.
    .cure = Ange en senare dag, eller utelämna reply_by_on.

offer_to_oneself = Erbjudandet är till er egen organisation
    .cause = Ett behov erbjuds andra organisationer.
    .cure = Utelämna er egen ur organisation_ids. Det ni behåller själva godtar ni.

offer_to_the_sender = Erbjudandet är till den som bad om hjälp
    .cause = Organisationen som skickade remissen kan inte erbjudas den.
    .cure = Ange andra organisationer, eller hänvisa remissen vidare eller avslå den.

offer_unknown_organisation = Organisationen är okänd
    .cause = En organisation som angetts är inte registrerad här.
    .cure = Kontrollera organisation_ids mot listan över organisationer.

only_for_staff = Bara personal skriver detta
    .cause = Ett av fälten är för det som personalen skriver för egen del.
    .cure = Utelämna fältet.

organisation_number_is_wrong = Organisationsnumret är fel
    .cause = Det är inte ett giltigt organisationsnummer i det land som angavs.
    .cure = Kontrollera numret och landet.

organisation_rule_already_exists = Det finns redan en sådan regel
    .cause = En regel i organisationen med samma namn och insats gäller några av dessa dagar.
    .cure = Avsluta den först, eller börja när den har upphört.

organisation_rule_ends_before_it_starts = Regeln upphör innan den börjar
    .cause = valid_to är den första dagen då regeln inte längre gäller, och är inte efter valid_from.
    .cure = Skicka en senare valid_to.

other_organisations_must_agree = Andra organisationer måste vara överens
    .cause = Kontot är medlem i andra organisationer också, och ett nytt lösenord öppnar alla.
    .cure = Få en länk från en administratör i varje organisation och skicka koderna från alla länkar tillsammans.

outside_target_group = Personen är utanför målgruppen
    .cause = Den senaste kartläggningen säger att personen är utanför målgruppen, så remissen kan inte tas emot.
    .cure = Avslå remissen eller hänvisa den vidare, eller registrera en ny kartläggning om det har ändrats.

password_length = Lösenordet har fel längd
    .cause = Ett lösenord har { $min } till { $max } tecken.
    .cure = Välj ett annat. Några ord i rad är lätta att komma ihåg.

period_is_over = Perioden är slut
    .cause = Samtycket skulle redan ha gått ut: expires_at har passerat.
    .cure = Gör ett nytt samtycke med ett senare expires_at.

person_identifier_already_registered = Identitetsnumret är redan registrerat
    .cause = Personen har redan detta nummer, kanske skrivet på ett annat sätt.
    .cure = Du behöver inte göra något: läs personens nummer.

person_identifier_belongs_to_another = Identitetsnumret är redan registrerat
    .cause = Numret är redan registrerat i din organisation, på en annan person eller på den här.
    .cure = Sök på numret för att hitta personen. Registrera inte samma person två gånger.

person_identifier_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation.
    .cure = Kontrollera person_id, eller registrera personen först.

person_is_not_protected = Personen har inget skydd
    .cause = Det finns inget skydd att öppna eller avsluta.
    .cure = Du behöver inte göra mer. Uppgifterna står på personen.

person_is_protected = Personen har skyddade personuppgifter
    .cause = Det som identifierar personen varken visas eller ändras här så länge uppgifterna är skyddade.
    .cure = Den som har behörighet kan läsa de skyddade uppgifterna för ett angivet ändamål. Ska de ändras måste skyddet avslutas först.

person_link_already_exists = Relationen finns redan
    .cause = De två personerna har redan en sådan relation som inte är avslutad.
    .cure = Ändra den relationen, eller avsluta den först.

person_link_ends_before_it_starts = Relationen slutar innan den börjar
    .cause = valid_to måste vara senare än valid_from.
    .cure = Rätta ett av de två datumen.

person_link_to_oneself = Det är samma person
    .cause = En person kan inte vara anhörig till eller företrädare för sig själv.
    .cure = Ange en annan person i related_person_id.

person_link_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation.
    .cure = Kontrollera person_id, eller registrera personen först.

person_link_unknown_related_person = Den anhöriga är okänd
    .cause = Det finns ingen sådan person i din organisation.
    .cure = Kontrollera related_person_id, eller registrera den anhöriga eller företrädaren först.

person_missing = Personen saknas
    .cause = Begäran säger inte vem remissen gäller.
    .cure = Skicka person, eller person_id för någon som är känd.

person_unknown_responsible = Den ansvariga är okänd
    .cause = Ingen i din organisation har den här anknytningen.
    .cure = Kontrollera responsible_id, eller utelämna fältet.

person_unknown_unit = Enheten är okänd
    .cause = Det finns ingen sådan enhet i din organisation.
    .cure = Kontrollera unit_id, eller utelämna fältet.

protected_identity = Personens identitet är skyddad
    .cause = Något skickades som skyddsnivån döljer.
    .cure = Utelämna fälten som svaret pekar på.

protected_needs_second_person = Någon annan måste godkänna
    .cause = Det är inte för den som skrev det eller skyddade personen, och inte heller för den som skulle se mer genom det.
    .cure = Låt någon annan godkänna det.

protection_ends_before_it_starts = Skyddet slutar innan det börjar
    .cause = protected_until måste vara senare än i dag.
    .cure = Skicka en senare dag, eller utelämna protected_until om inget slut är bestämt.

protection_lapses_earlier = Skyddet upphör tidigare
    .cause = Ett skydd på den här nivån varar inte så länge som du begärde.
    .cure = Skicka en tidigare dag, och förnya skyddet i tid.

recipient_missing = Mottagaren saknas
    .cause = Ett behov som kommunen anmäler skickas till en mottagare. Det som stannar i den egna organisationen har anmälts av någon annan.
    .cure = Ange mottagaren i counterpart_organisation_id, eller välj en annan source_channel.

referral_already_open = Personen har redan en sådan remiss
    .cause = En remiss för personen till samma tjänst är redan på gång.
    .cure = Fortsätt med den remissen, eller avsluta den först.

referral_already_pushed = Remissen finns redan
    .cause = En remiss med samma id från samma system är registrerad med ett annat innehåll.
    .cure = Ändra den remiss som finns, eller använd ett nytt external_id.

referral_chooses_of_nothing = Ett val behöver en social kartläggning och fält
    .cause = social_assessment_id och social_fields hör ihop: det ena har skickats, eller står kvar, utan det andra.
    .cure = Skicka båda, eller ta tillbaka båda med null och en tom lista.

referral_has_ended = Remissen är avslutad
    .cause = En remiss som är avslutad ändras inte längre.
    .cure = Gör en ny remiss. Återöppning kopierar den här till ett nytt utkast.

referral_not_accepted = Remissen är inte accepterad
    .cause = Ett nätverk blir aktivt för en remiss som har accepterats eller står på väntelista; den här har inte accepterats, eller är avslutad.
    .cure = Tala med personen, klargör och acceptera remissen först.

referral_of_another_person = Remissen gäller någon annan
    .cause = Personen som angavs är inte den som remissen gäller.
    .cure = Kontrollera person_id och referral_id.

referral_to_oneself = Mottagaren är din egen organisation
    .cause = En remiss skickas till en annan organisation, eller stannar här utan mottagare.
    .cure = Ange den andra organisationen i counterpart_organisation_id, eller utelämna fältet.

referral_unknown_cared_for_person = Den som får omsorg är okänd
    .cause = Det finns ingen sådan person i din organisation.
    .cure = Kontrollera cared_for_person_id, eller utelämna fältet.

referral_unknown_legal_basis = Okänd rättsgrund
    .cause = Det finns ingen sådan rättsgrund i din organisation.
    .cure = Slå upp den med GET /v1/legal-bases, eller skicka ett samtycke.

referral_unknown_organisation = Mottagaren är okänd
    .cause = Den organisation som angavs som mottagare är inte registrerad här.
    .cure = Kontrollera counterpart_organisation_id mot listan över organisationer.

referral_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation, eller så har du inte tillgång till personen.
    .cure = Kontrollera person_id, eller registrera personen först.

referral_unknown_social_assessment = Den sociala kartläggningen är okänd
    .cause = Det finns ingen sådan social kartläggning i din organisation, eller du har inte tillgång till den.
    .cure = Kontrollera social_assessment_id.

referral_unknown_unit = Enheten är okänd
    .cause = Det finns ingen sådan enhet i din organisation.
    .cure = Kontrollera unit_id, eller sent_by_unit_id när ett system överför remissen.

representative_without_mandate = Den anhöriga får inte underteckna
    .cause = En anhörig undertecknar utifrån en bedömning av personens beslutsförmåga, eller en relation som ger rätt att samtycka.
    .cure = Ange bedömningen i capacity_assessment_id, eller den anhöriga i signed_by_id.

representative_without_right = Företrädaren har inte rätt att samtycka
    .cause = Ingen av personens relationer ger den här företrädaren rätt att samtycka i dag.
    .cure = Registrera relationen med rätt att samtycka, eller ange en annan företrädare.

responsibility_already_borne = En enhet har redan detta ansvar
    .cause = Personen har redan en ansvarig enhet inom detta område.
    .cure = Avsluta det ansvaret först.

responsibility_not_ended_formally = Ansvaret är inte avslutat formellt
    .cause = Att en frivillig har hittats avslutar inte i sig det som personen har rätt till. Det saknas att personen samtycker, eller att beslutet är formellt ändrat.
    .cure = Registrera att personen är överens och vilket beslut som ändrade det, med datum.

responsibility_unknown_person = Personen är okänd
    .cause = Du ser ingen sådan person.
    .cure = Kontrollera person_id.

responsibility_unknown_unit = Enheten är okänd
    .cause = Det finns ingen sådan enhet i din organisation.
    .cure = Kontrollera responsible_unit_id.

review_in_the_past = Dagen för översyn ligger inte framåt
    .cause = review_on är i dag eller tidigare.
    .cure = Ange en senare dag.

routing_rule_ends_before_it_starts = Regeln slutar innan den börjar
    .cause = valid_to är inte efter valid_from.
    .cure = Rätta datumen.

rule_does_not_fit = Det är inte vad en sådan regel säger
    .cause = En frist har length och unit, en ålder har years, en ledig dag har name och antingen month_day eller days_after_easter och ingen insats.
    .cure = Skicka fälten för denna sorts regel och inga andra.

second_factor_already_exists = Det finns redan en andra faktor
    .cause = Kontot har en andra faktor, eller så läggs en till just nu.
    .cure = Ta bort den först, med lösenordet och en kod.

second_factor_does_not_exist = Det finns ingen sådan andra faktor
    .cause = Kontot har ingen andra faktor att ta bort, eller ingen som väntar på att bekräftas.
    .cure = Läs kontot: second_factor_since säger om det har en. Börja om för att lägga till en.

second_factor_missing = En andra faktor saknas
    .cause = Din organisation kräver en andra faktor av sina medlemmar, och den här sessionen har börjat utan.
    .cure = Lägg till en på ditt konto och bekräfta den, om det inte har någon; förnya sedan sessionen.

second_factor_required = En kod krävs
    .cause = Lösenordet är rätt. Kontot har en andra faktor, och dess kod skickades inte med.
    .cure = Skicka begäran igen med koden från autentiseringsappen, eller med en återställningskod.

send_application_json = Skicka JSON
    .cause = Innehållet är inte märkt som JSON.
    .cure = Skicka Content-Type: application/json. En PATCH kan också skicka application/merge-patch+json.

send_unencoded = Skicka det okodat
    .cause = Innehållet är komprimerat eller kodat på något annat sätt.
    .cure = Skicka innehållet som det är, utan Content-Encoding.

social_assessment_of_another_person = Den sociala kartläggningen gäller någon annan
    .cause = Personen som remissen gäller är inte den som har kartlagts.
    .cure = Kontrollera social_assessment_id.

social_assessment_unknown_person = Personen är okänd
    .cause = Det finns ingen sådan person i din organisation, eller du har inte tillgång till personen.
    .cure = Kontrollera person_id.

stale = Det har ändrats sedan du läste det
    .cause = Någon har ändrat det efter den version som du har.
    .cure = Läs igen, se vad som är nytt, och skicka din ändring med det nya ETag-värdet.

system_client_already_exists = Namnet används redan
    .cause = Din organisation har redan en systemklient med det här namnet.
    .cure = Välj ett annat namn.

system_client_key_already_registered = Nyckeln är redan registrerad
    .cause = Din organisation har redan registrerat samma publika nyckel.
    .cure = Gör ett nytt nyckelpar. Varje nyckel registreras en gång.

system_client_key_unknown_client = Systemklienten är okänd
    .cause = Det finns ingen sådan systemklient i din organisation.
    .cure = Kontrollera system_client_id.

text_does_not_cover_updates = Texten täcker inte uppdateringar
    .cause = Samtycket omfattar det som kommer senare, och texten som ska visas säger inte det.
    .cure = Välj en text som täcker uppdateringar, eller gör ett samtycke utan dem.

too_deep = JSON-innehållet har för många nivåer
    .cause = Innehållet har mer än { $max } nivåer i varandra.
    .cure = Skicka det med färre nivåer.

too_many_requests = För många förfrågningar
    .cause = Det kom för många på kort tid. Försök igen om { $seconds } sekunder.
    .cure = Vänta så länge som Retry-After säger.

too_slow = Innehållet tog för lång tid på sig
    .cause = Begäran började, och resten kom inte fram i tid.
    .cure = Skicka den igen, helst över en bättre förbindelse.

try_again = Försök igen
    .cause = Någon annan ändrade samma sak i samma ögonblick. Inget av din begäran utfördes.
    .cure = Skicka samma begäran igen, med samma Idempotency-Key.

two_bases = Det finns två grunder
    .cause = Både samtycke och rättsgrund skickades, och det som lämnas ut har en grund.
    .cure = Skicka consent eller legal_basis_id, inte båda.

unauthorised = Du är inte inloggad
    .cause = Det som visar vem du är saknas, är fel eller gäller inte längre.
    .cure = Logga in eller hämta en ny token, och försök igen.

unavailable = Tjänsten är inte tillgänglig nu
    .cause = Vi kan inte svara just nu.
    .cure = Försök igen så snart Retry-After säger det, med samma Idempotency-Key.

unit_already_exists = Enheten finns redan
    .cause = Din organisation har redan en enhet med det här namnet.
    .cure = Använd den enhet som finns, eller välj ett annat namn.

unit_ends_before_it_starts = Enheten slutar innan den börjar
    .cause = Den första dagen utan enheten måste vara senare än dagen då den började.
    .cure = Skicka ett senare valid_to.

unit_needs_contact_point = Enheten behöver en kontaktperson
    .cause = Detta är enhetens sista kontaktpunkt, och kontaktformulär för nätverk som fortfarande pågår hänvisar till enheten.
    .cure = Skapa först en annan kontaktpunkt för enheten.

unknown_consent_text = Samtyckestexten är okänd
    .cause = Det finns ingen text med den koden, versionen och det språket.
    .cure = Kontrollera text_code, text_version och språket. Utelämna versionen för att få den senaste.

unknown_instrument = Instrumentet är okänt
    .cause = Inget instrument med denna kod och version gällde i detta land på dagen för kartläggningen.
    .cure = Kontrollera instrument, instrument_version – GET /v1/instruments.

unknown_membership = Anknytningen är okänd
    .cause = Du har inte den här anknytningen, eller så är den avslutad.
    .cure = Välj en av de anknytningar som hör till ditt konto.

unknown_protection_level = Skyddsnivån är okänd
    .cause = Det finns ingen sådan skyddsnivå i ditt land.
    .cure = Kontrollera level mot reglerna i ditt land.

unknown_rule = Det finns ingen sådan regel
    .cause = Ingen regel med den koden gäller i landet någon av dessa dagar.
    .cure = Lista landets regler, och skicka koden för en av dem.

unmet_need_report_unknown_network = Nätverket är okänt
    .cause = Du ser inget sådant nätverk.
    .cure = Välj ett nätverk som du ser.

unmet_need_report_unknown_participant = Personen är inte med i nätverket
    .cause = Rapporten gäller en person som inte deltar i nätverket nu.
    .cure = Välj en deltagare i nätverket, eller utelämna personen.

unmet_need_report_unknown_unit = Enheten är okänd
    .cause = Mottagaren har ingen sådan enhet.
    .cure = Lista mottagarens enheter och välj en av dem.

volunteer_not_prepared = Volontären är inte förberedd
    .cause = En volontär saknar en av de två genomgångarna, eller har inte undertecknat sekretessförbindelsen.
    .cure = Registrera det som saknas. Innan dess träffar volontären ingen.

widening_needs_asking = Fråga på nytt för att utvidga
    .cause = Ett samtycke kan bara begränsas: detta skulle täcka mer eller vara längre.
    .cure = Gör ett nytt samtycke, och fråga personen.

witness_missing = Vittnet saknas
    .cause = Ett samtycke som ges muntligt kräver ett vittne.
    .cure = Ange i witness vem som hörde det.

wrong_email_or_password = E-post eller lösenord är fel
    .cause = Det finns inget konto med den e-postadressen och det lösenordet.
    .cure = Skriv båda igen. Tänk på stora bokstäver och tangentbordets språk.

wrong_method = Metoden kan inte användas här
    .cause = Adressen finns, men den tar inte emot den här metoden.
    .cure = Använd en av metoderna i Allow.
